import { cutItems } from '../../../livekit/watch/itemBytes';
import * as fc from '../../support/fastCheck';

const cut = (text: string) => cutItems(Buffer.from(text))?.map((item) => item.toString());

const spaced = fc.stringMatching(/^[ \t\n\r]{0,3}$/);
const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));

describe('cutItems', () => {
	it('gives the objects of every list as they are written', () => {
		fc.assert(
			fc.property(
				fc.array(object, { minLength: 1, maxLength: 5 }),
				fc.nat(3),
				spaced,
				spaced,
				(items, indent, inside, around) => {
					const texts = items.map((item) => JSON.stringify(item, null, indent));
					const body = [
						around,
						'{',
						'"items"',
						':',
						'[',
						texts.join(inside + ',' + around),
						']',
						'}',
						'',
					].join(inside);
					expect(cut(body)).toEqual(texts);
				},
			),
		);
	});

	it('is not misled by what texts hold', () => {
		const items = [
			'{"a":"}]}"}',
			'{"b":"\\"},{\\\\"}',
			'{"c\\\\":{"d":"{[\\u007d"}}',
			'{"é€😀":"]"}',
		];
		expect(cut(`{"items":[${items.join(',')}]}`)).toEqual(items);
	});

	it('takes no list for whole that is not', () => {
		const body = JSON.stringify({
			items: [{ name: 'a "quoted" \\', numbers: ['+1'] }, { rule: { direct: {} } }],
		});
		for (let length = 0; length < body.length; length++)
			expect(cut(body.slice(0, length))).toBeUndefined();
		expect(cut(body)).toHaveLength(2);
	});

	it.each([
		'',
		'{}',
		'[]',
		'{"items":[]}',
		'{"items":null}',
		'{"items":{}}',
		'{"items":[{},null]}',
		'{"items":[null,{}]}',
		'{"items":["x",{}]}',
		'{"rooms":[{}]}',
		'{"items":[{} {}]}',
		'{"items":[{},]}',
		'{"items":[,{}]}',
		'{"items":[{}],"next":"x"}',
		'{"next":"x","items":[{}]}',
		'{"items":[{}]}{}',
		'{"items":[{}]]',
		'{"items":[{}]} <html>',
		'{"items":[{}\u00a0,{}]}',
		'\ufeff{"items":[{}]}',
		'<html>{"items":[{}]}</html>',
	])('leaves %j to a parser', (body) => expect(cut(body)).toBeUndefined());
});
