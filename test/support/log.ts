import { engine } from './harness';

interface Logger {
	warn(message: string): void;
}

/** Sets the tests of a file up to read the warnings in n8n's log: gives those of the test so far. */
export function useLog(): () => string[] {
	const written: string[] = [];
	beforeEach(async () => {
		const { inside, container } = await engine();
		const { Logger } = inside('@n8n/backend-common') as { Logger: abstract new () => Logger };
		written.length = 0;
		jest.spyOn(container.get(Logger), 'warn').mockImplementation((message) => {
			written.push(message);
		});
	});
	afterEach(() => void jest.restoreAllMocks());
	return () => written;
}
