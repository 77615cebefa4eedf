// The rooms in the order of CONTRIBUTING.md: a file imports from its own room and from rooms above it. npm run lint checks it.
const rooms = [
	'^livekit/(plain|json|result)\\.ts$',
	'^livekit/schema/',
	'^livekit/http/',
	'^livekit/codec/',
	'^livekit/callees/',
	'^livekit/checks/',
	'^livekit/objects/',
	'^livekit/routing/',
	'^livekit/outcome/',
	'^livekit/again/',
	'^livekit/watch/',
	'^livekit/events/',
	'^nodes/shared/',
	'^nodes/LiveKitSip/fields/',
	'^nodes/LiveKitSip/rows/',
	'^nodes/LiveKitSip/request/',
	'^nodes/LiveKitSip/dial/',
	'^nodes/LiveKitSip/operations/',
	'^nodes/LiveKitSip/[^/]+\\.ts$',
];

const downwards = rooms.slice(0, -1).map((room, index) => ({
	name: `not-downwards-from-${room.replace(/[\^$()\\]|\.ts/g, '')}`,
	comment:
		'A room imports from its own files and from the rooms above it (CONTRIBUTING.md, The repository).',
	severity: 'error',
	from: { path: room },
	to: { path: rooms.slice(index + 1).join('|') },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'Files that import each other cannot be understood one by one.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		...downwards,
		{
			name: 'livekit-without-n8n',
			comment: 'livekit/ is what LiveKit is, whoever calls it.',
			severity: 'error',
			from: { path: '^livekit/' },
			to: { path: 'n8n-|^(nodes|credentials)/' },
		},
		{
			name: 'nodes-apart',
			comment: 'A node imports nothing from inside another one: what both need is in nodes/shared.',
			severity: 'error',
			from: { path: '^nodes/(LiveKit[^/]*)/' },
			to: { path: '^nodes/LiveKit', pathNot: '^nodes/$1/' },
		},
		{
			name: 'shared-apart',
			comment: 'What all nodes share needs none of them.',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/LiveKit' },
		},
		{
			name: 'ship-only-what-ships',
			comment: 'What is shipped needs nothing of the workshop.',
			severity: 'error',
			from: { path: '^(livekit|nodes|credentials)/' },
			to: { path: '^(local|test|tools|bench)/' },
		},
		{
			name: 'every-file-has-a-room',
			comment: 'A new folder of livekit/ or nodes/ needs a place in the list above.',
			severity: 'error',
			from: { path: '^(livekit|nodes)/', pathNot: [...rooms, '^nodes/LiveKit\\w*Trigger/'] },
			to: {},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
	},
};
