// The rooms of the house, from the ground up: a file imports from its own room and from rooms below. npm run lint checks it.
const rooms = [
	'^livekit/(json|result)\\.ts$',
	'^livekit/schema/',
	'^livekit/http/',
	'^livekit/codec/',
	'^livekit/checks/',
	'^livekit/callees/',
	'^livekit/objects/',
	'^livekit/outcome/',
	'^livekit/watch/',
	'^nodes/shared/',
	'^nodes/LiveKitSip/fields/',
	'^nodes/LiveKitSip/rows/',
	'^nodes/LiveKitSip/request/',
	'^nodes/LiveKitSip/dial/',
	'^nodes/LiveKitSip/operations/',
	'^nodes/LiveKitSip/[^/]+\\.ts$',
];

const upwards = rooms.slice(0, -1).map((room, index) => ({
	name: `not-upwards-from-${room.replace(/[\^$()\\]|\.ts/g, '')}`,
	comment: 'A room imports from its own files and from lower rooms (CONTRIBUTING.md, The rooms).',
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
		...upwards,
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
			name: 'ship-only-what-ships',
			comment: 'What is shipped needs nothing of the workshop.',
			severity: 'error',
			from: { path: '^(livekit|nodes|credentials)/' },
			to: { path: '^(local|test|tools|bench)/' },
		},
		{
			name: 'every-file-has-a-room',
			comment: 'A new folder of livekit/ or nodes/LiveKitSip/ needs a place in the list above.',
			severity: 'error',
			from: { path: '^(livekit|nodes/LiveKitSip)/', pathNot: rooms },
			to: {},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
	},
};
