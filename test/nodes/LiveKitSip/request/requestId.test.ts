import { requestId } from '../../../../nodes/LiveKitSip/request/requestId';
import { rowFor } from '../../../support/row';

const row = rowFor(async () => await Promise.reject(new Error('nothing is sent')));
const body = { room: 'r1' };

it('is the same for every try of one request', () => {
	expect(requestId({ ...row }, { ...body })).toBe(requestId(row, body));
});

it('is shaped as a UUID', () => {
	expect(requestId(row, body)).toMatch(
		/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
	);
});

it.each([
	['row', { itemIndex: 1 }],
	['execution, node or run', { origin: 'another' }],
	['resource', { resource: 'agentDispatch' }],
	['operation', { operation: 'transfer' }],
])('differs for another %s', (_title, change) => {
	expect(requestId({ ...row, ...change }, body)).not.toBe(requestId(row, body));
});

it('differs for another body', () => {
	expect(requestId(row, { room: 'r2' })).not.toBe(requestId(row, body));
});

it('follows what the user identifies the call by, whichever execution and row asks', () => {
	const other = { ...row, origin: 'another', itemIndex: 7 };
	expect(requestId(other, body, 'contact 4711')).toBe(requestId(row, body, 'contact 4711'));
	expect(requestId(row, body, 'contact 4712')).not.toBe(requestId(row, body, 'contact 4711'));
});

it('stays what it was: newer servers know the calls of an earlier version by it', () => {
	expect(requestId(row, body)).toBe('abe86d0d-b07c-5797-a88a-7bca149ffdf0');
});
