import { httpBase } from '../../../livekit/http/url';

describe('httpBase', () => {
	it.each([
		['wss://x.livekit.cloud', 'https://x.livekit.cloud'],
		['ws://127.0.0.1:7880', 'http://127.0.0.1:7880'],
		['https://x.livekit.cloud/', 'https://x.livekit.cloud'],
		['http://localhost:7880', 'http://localhost:7880'],
		['  wss://x.livekit.cloud// \n', 'https://x.livekit.cloud'],
		['wss://gateway.example/livekit/', 'https://gateway.example/livekit'],
		['wss://gateway.example//a//b//', 'https://gateway.example/a/b'],
		['WSS://X.LiveKit.Cloud', 'https://x.livekit.cloud'],
		['wss://x.livekit.cloud:443/', 'https://x.livekit.cloud'],
		['wss://x.livekit.cloud:80', 'https://x.livekit.cloud:80'],
		['https://x.livekit.cloud/rtc?access_token=abc#part', 'https://x.livekit.cloud/rtc'],
		['http://[::1]:7880', 'http://[::1]:7880'],
		['ws://host/wss', 'http://host/wss'],
	])('takes %j', (url, value) => {
		expect(httpBase(url)).toEqual({ value });
	});

	it.each([
		['', /Fill in the URL/],
		['   ', /Fill in the URL/],
		[undefined, /Fill in the URL/],
		[42, /Fill in the URL/],
		['x.livekit.cloud', /start with wss:\/\//],
		['localhost:7880', /start with wss:\/\//],
		['ftp://x.livekit.cloud', /not ftp:\/\//],
		['wss://', /not a valid address/],
		['wss://host:99999', /not a valid address/],
		['wss://key:secret@host', /Remove the user name and password/],
	])('tells what to do about %j', (url, message) => {
		const read = httpBase(url);
		expect(read).toEqual({ fault: expect.stringMatching(message) });
	});

	it('never shows what stands in the URL as a password', () => {
		expect(JSON.stringify(httpBase('wss://key:hunter2@host'))).not.toContain('hunter2');
	});
});
