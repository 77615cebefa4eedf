import * as fc from '../../support/fastCheck';

import { ignoreTls, pathAt, proxyFault } from '../../../livekit/http/destination';
import { httpBase } from '../../../livekit/http/url';

const cloud = 'https://owner.livekit.cloud';
const gateway = 'https://gateway.example/livekit';
const local = 'http://127.0.0.1:7880';
const call = '/twirp/livekit.SIP/ListSIPOutboundTrunk';

describe('a request to the server itself', () => {
	it.each([
		['the same address', cloud, { url: `${cloud}${call}` }],
		['its port, which is the usual one', cloud, { url: `https://owner.livekit.cloud:443${call}` }],
		['another case', cloud, { uri: `HTTPS://Owner.LiveKit.CLOUD${call}` }],
		['an empty user name', cloud, { uri: `https://@owner.livekit.cloud${call}` }],
		[
			'query and fragment',
			cloud,
			{ uri: `${cloud}${call}?a=https://evil.example/#//evil.example` },
		],
		[
			'dots that stay inside',
			gateway,
			{ uri: `${gateway}/a/../twirp/./livekit.SIP/ListSIPOutboundTrunk` },
		],
		['dots that leave and come back', gateway, { uri: `${gateway}/../livekit${call}` }],
		['a base and a path', cloud, { baseURL: cloud, url: call }],
		[
			'a base with a slash, and a path without one',
			cloud,
			{ baseURL: `${cloud}/`, url: call.slice(1) },
		],
		['a base with a path', gateway, { baseURL: gateway, url: call }],
		['all in the base', cloud, { baseURL: `${cloud}${call}`, url: '' }],
		[
			'a whole address, which wins over the base',
			cloud,
			{ baseURL: cloud, url: `${cloud}${call}` },
		],
		['both names for the address', cloud, { url: `${cloud}${call}`, uri: `${cloud}/` }],
		['an address as an object', cloud, { uri: new URL(`${cloud}${call}`) }],
		[
			'an IDN host, as punycode',
			'https://xn--mnchen-3ya.example',
			{ uri: `https://MÜNCHEN.example${call}` },
		],
		[
			'an IDN host with another full stop',
			'https://xn--mnchen-3ya.example',
			{ uri: `https://münchen。example${call}` },
		],
		['IPv6 written out', 'http://[::1]:7880', { uri: `http://[0:0:0:0:0:0:0:1]:7880${call}` }],
		['an IPv4 address as one number', local, { uri: `http://2130706433:7880${call}` }],
		['an IPv4 address in hexadecimal', local, { uri: `http://0x7f.1:7880${call}` }],
		[
			'a Host header that says the same',
			local,
			{ uri: `${local}${call}`, headers: { host: '127.0.0.1:7880' } },
		],
	])('%s', (_name, base, request) => {
		expect(pathAt(base, request)).toEqual({ value: call });
	});

	it('has no path at the address alone', () => {
		expect(pathAt(cloud, { url: cloud })).toEqual({ value: '/' });
		expect(pathAt(gateway, { url: gateway })).toEqual({ value: '' });
		expect(pathAt(cloud, { baseURL: cloud })).toEqual({ value: '/' });
	});
});

describe('a request to anywhere else', () => {
	const table: Array<[string, string, object, RegExp]> = [
		[
			'another host',
			cloud,
			{ uri: `https://evil.example${call}` },
			/goes to https:\/\/evil\.example\./,
		],
		[
			'the host as a user name',
			cloud,
			{ uri: `https://owner.livekit.cloud@evil.example${call}` },
			/user name/,
		],
		[
			'the host and a port as user name and password',
			cloud,
			{ uri: `https://owner.livekit.cloud:443@evil.example${call}` },
			/user name/,
		],
		[
			'a user name, which axios sends in the place of the token',
			cloud,
			{ uri: `https://me:pw@owner.livekit.cloud${call}` },
			/user name/,
		],
		[
			'the host as a subdomain of another',
			cloud,
			{ uri: `https://owner.livekit.cloud.evil.example${call}` },
			/evil\.example/,
		],
		['a subdomain of the host', cloud, { uri: `https://a.owner.livekit.cloud${call}` }, /a\.owner/],
		[
			'a host that ends alike',
			cloud,
			{ uri: `https://evil-owner.livekit.cloud${call}` },
			/evil-owner/,
		],
		[
			'a full stop behind the host',
			cloud,
			{ uri: `https://owner.livekit.cloud.${call}` },
			/cloud\.\./,
		],
		['another port', cloud, { uri: `https://owner.livekit.cloud:8443${call}` }, /:8443/],
		['the other scheme', cloud, { uri: `http://owner.livekit.cloud${call}` }, /goes to http:/],
		[
			'the other scheme on the same port',
			cloud,
			{ uri: `http://owner.livekit.cloud:443${call}` },
			/goes to http:/,
		],
		[
			'a scheme of another kind',
			cloud,
			{ uri: `ftp://owner.livekit.cloud${call}` },
			/goes to ftp:/,
		],
		[
			'WebSocket in place of HTTP',
			cloud,
			{ uri: `wss://owner.livekit.cloud${call}` },
			/goes to wss:/,
		],
		['data', cloud, { uri: 'data:text/plain,x' }, /goes to data:/],
		['a letter that looks alike', cloud, { uri: `https://оwner.livekit.cloud${call}` }, /xn--/],
		['a sharp s', 'https://fussball.example', { uri: `https://fußball.example${call}` }, /xn--/],
		['another IPv6 address', 'http://[::1]:7880', { uri: `http://[::2]:7880${call}` }, /\[::2\]/],
		['IPv4 in IPv6', local, { uri: `http://[::ffff:127.0.0.1]:7880${call}` }, /\[::ffff/],
		[
			'a backslash before the host',
			cloud,
			{ uri: `https://evil.example\\@owner.livekit.cloud${call}` },
			/not clear/,
		],
		[
			'backslashes for slashes',
			cloud,
			{ uri: `https:\\\\owner.livekit.cloud${call}` },
			/not clear/,
		],
		[
			'a tab in the host',
			cloud,
			{ uri: `https://owner.livekit.cloud\t.evil.example${call}` },
			/not clear/,
		],
		[
			'a line break in the scheme',
			cloud,
			{ uri: `ht\ntps://owner.livekit.cloud${call}` },
			/not clear/,
		],
		['a blank in front', cloud, { uri: ` ${cloud}${call}` }, /not clear/],
		['a NUL', cloud, { uri: `${cloud}\0${call}` }, /not clear/],
		['no scheme', cloud, { uri: `//owner.livekit.cloud${call}` }, /not clear/],
		['no scheme and no host', cloud, { uri: call }, /not clear/],
		['nothing at all', cloud, {}, /not clear/],
		['a host without end', cloud, { uri: 'https://[::1' }, /not clear/],
		[
			'no scheme, past the base',
			cloud,
			{ baseURL: cloud, url: `//evil.example${call}` },
			/not clear/,
		],
		[
			'a whole address, past the base',
			cloud,
			{ baseURL: cloud, url: `https://evil.example${call}` },
			/evil\.example/,
		],
		['another base', cloud, { baseURL: 'https://evil.example', url: call }, /evil\.example/],
		[
			'another base, and the path under the older name',
			cloud,
			{ baseURL: 'https://evil.example', uri: call },
			/evil\.example/,
		],
		[
			'an address under the older name only',
			cloud,
			{ url: `${cloud}${call}`, uri: 'https://evil.example/' },
			/evil\.example/,
		],
		[
			'an address under the newer name only',
			cloud,
			{ url: 'https://evil.example/', uri: `${cloud}${call}` },
			/evil\.example/,
		],
		[
			'an empty newer name before the older one',
			cloud,
			{ baseURL: 'https://evil.example', url: '', uri: `${cloud}${call}` },
			/evil\.example/,
		],
		[
			'a base that grows into another host',
			cloud,
			{ baseURL: `${cloud}.`, url: call },
			/cloud\.\./,
		],
		[
			'a path beside the prefix',
			gateway,
			{ uri: `https://gateway.example${call}` },
			/path \/twirp/,
		],
		[
			'a path that begins like the prefix',
			gateway,
			{ uri: `https://gateway.example/livekit2${call}` },
			/path \/livekit2/,
		],
		['dots out of the prefix', gateway, { uri: `${gateway}/../other${call}` }, /path \/other/],
		[
			'encoded dots out of the prefix',
			gateway,
			{ uri: `${gateway}/%2e%2E/other${call}` },
			/path \/other/,
		],
		[
			'dots out of the prefix, behind the base',
			gateway,
			{ baseURL: gateway, url: `../other${call}` },
			/path \/other/,
		],
		['encoded slashes', gateway, { uri: `${gateway}/..%2f..%2Fother${call}` }, /path \/livekit/],
		[
			'encoded backslashes',
			gateway,
			{ uri: `${gateway}/..%5c..%5Cother${call}` },
			/path \/livekit/,
		],
		['a path parameter', gateway, { uri: `${gateway}/..;/other${call}` }, /path \/livekit/],
		[
			'another case of the prefix',
			gateway,
			{ uri: `https://gateway.example/LiveKit${call}` },
			/path \/LiveKit/,
		],
		[
			'a Host header of its own',
			gateway,
			{ uri: `${gateway}${call}`, headers: { HOST: 'evil.example' } },
			/Host header/,
		],
	];

	it.each(table)('%s', (_name, base, request, words) => {
		const path = pathAt(base, request);
		expect(path).toEqual({ fault: expect.stringMatching(words) });
		expect(path).toEqual({ fault: expect.stringContaining(`Begin the URL with ${base}/`) });
	});

	it('says so in a sentence of bounded length, without markup and without what a password may be', () => {
		const long = 'a'.repeat(100_000);
		for (const uri of [
			`https://evil.example/${long}`,
			`${cloud}/<b>${long}%`,
			`https://${long}.example/`,
			`https://me:hunter2@owner.livekit.cloud/`,
		]) {
			const said = JSON.stringify(pathAt(cloud, { uri }));
			expect(said.length).toBeLessThan(400);
			expect(said).not.toMatch(/[<>]|hunter2/);
		}
	});
});

const bases = [
	cloud,
	gateway,
	local,
	'http://[::1]:7880',
	'https://xn--mnchen-3ya.example:8443/a/b',
];

/** Addresses that are near the server's, in any spelling, and what is behind them. */
const pieces = fc.constantFrom(
	...bases.flatMap((base) => [
		base,
		new URL(base).host,
		new URL(base).hostname,
		new URL(base).pathname,
	]),
	...[
		'http://',
		'https://',
		'ws://',
		'HTTPS:',
		'//',
		'/',
		'\\',
		'@',
		':',
		':443',
		':80',
		'.',
		'..',
		'/../',
		'%2e',
		'%2f',
	],
	...[
		'\t',
		'\n',
		' ',
		'?',
		'#',
		';',
		'[',
		']',
		'[::1]',
		'2130706433',
		'127.1',
		'münchen',
		'。',
		'\u200d',
		'evil.example',
	],
	...['twirp', 'livekit.SIP', 'ListSIPTrunk', call, 'a', '0x7f', '%00', '<b>'],
);
const addresses = fc.oneof(
	fc.array(pieces, { maxLength: 7 }).map((parts) => parts.join('')),
	fc.webUrl(),
	fc.string(),
);

describe('whatever the address is', () => {
	it('a request whose origin differs has no path at the server, nor has one outside of its path', () => {
		fc.assert(
			fc.property(fc.constantFrom(...bases), addresses, fc.boolean(), (base, address, older) => {
				const path = pathAt(base, older ? { uri: address } : { url: address });
				if ('fault' in path) return;
				const [server, target] = [new URL(base), new URL(address)];
				expect(target.origin).toBe(server.origin);
				expect(target.username + target.password).toBe('');
				expect(target.pathname).toBe(server.pathname.replace(/\/$/, '') + path.value);
				expect(path.value).toMatch(/^(?:\/[\w.~/-]*)?$/);
			}),
			{ numRuns: 20_000 },
		);
	});

	it('and whatever else is in the request', () => {
		const maybe = fc.option(addresses, { nil: undefined });
		fc.assert(
			fc.property(fc.constantFrom(...bases), maybe, maybe, maybe, (base, baseURL, url, uri) => {
				const path = pathAt(base, { baseURL, url, uri });
				if ('fault' in path) return;
				// None of what could be read as a whole address is another server's.
				for (const address of [url, uri])
					if (address && URL.canParse(address) && /^\w+:\/\//.test(address))
						expect(new URL(address).origin).toBe(new URL(base).origin);
				if (
					baseURL &&
					[url, uri].every((address) => !/^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(address ?? ''))
				)
					expect(new URL(baseURL).origin).toBe(new URL(base).origin);
			}),
			{ numRuns: 20_000 },
		);
	});

	it('the way of our own node has one, at every address that the credential takes', () => {
		const parts = fc.record({
			scheme: fc.constantFrom('ws', 'wss', 'http', 'https', 'WSS'),
			host: fc.oneof(
				fc.domain(),
				fc.ipV4(),
				fc.ipV6().map((ip) => `[${ip}]`),
				fc.constant('münchen.example'),
			),
			port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
			prefix: fc.constantFrom('', '/', '/livekit', '/a%20b/c', '/a//b/', '/;x'),
		});
		fc.assert(
			fc.property(parts, ({ scheme, host, port, prefix }) => {
				const base = httpBase(
					`${scheme}://${host}${port === undefined ? '' : `:${port}`}${prefix}`,
				);
				if ('fault' in base) throw new Error(base.fault);
				expect(pathAt(base.value, { baseURL: base.value, url: call })).toEqual({ value: call });
				expect(pathAt(base.value, { uri: base.value + call })).toEqual({ value: call });
			}),
			{ numRuns: 2000 },
		);
	});
});

it.each([
	['no proxy', cloud, { throughProxy: false, looseTrust: ignoreTls }, undefined],
	['no proxy, no TLS', local, { throughProxy: false }, undefined],
	['a proxy that sees ciphertext', cloud, { throughProxy: true }, undefined],
	[
		'a proxy that may show any certificate',
		cloud,
		{ throughProxy: true, looseTrust: ignoreTls },
		/together with Ignore SSL Issues \(Insecure\)/,
	],
	['a proxy that sees all', local, { throughProxy: true }, /begins with ws:\/\/ or http:\/\//],
])('%s', (_name, base, way, words) => {
	const fault = proxyFault(base, way);
	if (words) expect(fault).toMatch(words);
	else expect(fault).toBeUndefined();
});
