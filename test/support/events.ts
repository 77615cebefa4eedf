// Events that no real server was made to send.
const room = {
	sid: 'RM_1',
	name: 'support-1',
	creationTimeMs: '1795991397025',
	turnPassword: 'open sesame',
};
/** An event that tells of a room. */
export const event = (name: string, more: object) => ({
	event: name,
	id: 'EV_1',
	createdAt: '1795991500',
	room,
	...more,
});
/** The end of an agent's job. */
export const job = (state: object) =>
	event('agent_job_ended', {
		job: {
			id: 'AJ_1',
			agentName: 'helper',
			room,
			metadata: '{"language":"en"}',
			state: {
				startedAt: '1795991400000000000',
				endedAt: '1795991460000000000',
				participantIdentity: 'agent-1',
				...state,
			},
		},
	});
/** The end of a recording, with secrets in it. */
export const recording = (more: object = {}) => ({
	event: 'egress_ended',
	id: 'EV_2',
	createdAt: '1795991500',
	egressInfo: {
		egressId: 'EG_1',
		roomName: 'support-1',
		status: 'EGRESS_COMPLETE',
		startedAt: '1795991400000000000',
		endedAt: '1795991490000000000',
		roomComposite: {
			roomName: 'support-1',
			fileOutputs: [
				{
					filepath: 'calls/1.ogg',
					s3: { accessKey: 'open sesame', secret: 'open sesame', bucket: 'b' },
				},
			],
			streamOutputs: [{ urls: ['rtmp://x.example/live/open sesame'] }],
		},
		fileResults: [{ filename: 'calls/1.ogg', location: 'https://b.s3.example.com/calls/1.ogg' }],
		...more,
	},
});
