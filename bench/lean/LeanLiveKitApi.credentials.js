/**
 * The least that a LiveKit credential can be: a URL and a token that somebody signed by hand. A function and not n8n's
 * generic `authenticate`, whose expression would cost more than the header it makes.
 */
class LeanLiveKitApi {
	name = 'leanLiveKitApi';

	displayName = 'Lean LiveKit API';

	properties = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
	];

	async authenticate({ token }, options) {
		options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
		return options;
	}
}

module.exports = { LeanLiveKitApi };
