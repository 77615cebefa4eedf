import type { IDataObject } from 'n8n-workflow';
import { decode } from '../../../../livekit/codec/decode';
import { unwrapCreate } from '../../../../livekit/codec/unwrap';
import { type JsonObject, isObject } from '../../../../livekit/json';
import { twinsOf } from '../../../../livekit/objects/twin';
import { textOf } from '../../../../livekit/routing/trunk';
import { named } from '../../../../livekit/routing/words';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { withJson } from '../../fields/form';
import { includeSecrets, optionsOf } from '../../fields/output';
import { simplify } from '../../../shared/simplify';
import { askOnce } from '../../request/ask';
import { formOrJson, prepare } from '../../request/body';
import { shownWritten } from '../../request/output';
import { listStored } from '../../request/storedObjects';
import { type RowResult, inputFailure, labelled } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import { type Row, option } from '../../rows/row';
import { type Compared, canClash, compareWrite, reachWarnings, rpcsOfChecks } from './compare';
import { mayBeCreated, noteCreation } from './creations';
import type { ObjectDefinition } from './definition';

function twinName(object: StoredObject, twin: JsonObject): string {
	return named({ id: String(twin[object.id]), name: textOf(twin.name) });
}

/** Compares a new object with those that are there. A server that carried out an earlier try has it already. */
async function compareNew(
	row: Row,
	object: StoredObject,
	sent: JsonObject,
): Promise<RowResult<Compared>> {
	if (option(row, 'allowConflict')) return { value: { faults: [], warnings: [] } };
	const stored = await listStored(row, object, {});
	if ('failure' in stored) return stored;
	const whole = decode(object.info, sent);
	const twins = twinsOf(object, whole, stored.value);
	const own = mayBeCreated(row, object) ? twins.filter(({ name }) => name === whole.name) : [];
	const others = stored.value.filter((other) => !own.includes(other));
	const [twin] = twins.filter((other) => !own.includes(other));
	const { noun, wrapper } = object;
	if (!canClash(object)) {
		const words = `there is a ${noun} already that is the same in all but its name: ${twin ? twinName(object, twin) : ''}. Use that one, or delete one of them`;
		return {
			value: { faults: [], warnings: twin ? [labelled(row, `${wrapper}.name: ${words}`)] : [] },
		};
	}
	const compared = await compareWrite(row, object, { path: wrapper, whole }, others);
	if ('failure' in compared || !twin) return compared;
	const same = `. The ${noun} ${twinName(object, twin)} is the same in all but its name: it may have been created before`;
	const faults = compared.value.faults.map(({ path, message }) => ({
		path,
		message: message + same,
	}));
	return { value: { ...compared.value, faults } };
}

async function createObject(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
): Promise<RowResult<IDataObject[]>> {
	const { info, wrapper, id, rpcs } = object;
	const unwrap = (given: JsonObject) => unwrapCreate(info, wrapper, id, given);
	const given = formOrJson(row, raw, unwrap, raw[wrapper] ?? {});
	if ('failure' in given) return given;
	const { value, warnings } = given.value;
	const prepared = prepare(row, rpcs.create, { [wrapper]: value }, { warnings });
	if ('failure' in prepared) return prepared;
	const { body } = prepared.value;
	const sent = isObject(body[wrapper]) ? body[wrapper] : {};
	const compared = await compareNew(row, object, sent);
	if ('failure' in compared) return compared;
	if (compared.value.faults.length > 0) return inputFailure(row, compared.value.faults);
	const reach = await reachWarnings(row, object, { path: wrapper, whole: sent });
	if ('failure' in reach) return reach;
	noteCreation(row, object);
	const created = await askOnce(row, rpcs.create, body);
	if ('failure' in created) return created;
	const found = [...prepared.value.warnings, ...compared.value.warnings, ...reach.value];
	const written = { sent, answer: created.value, warnings: found };
	return { value: [shownWritten(row, info, written)] };
}

/** Create: a new object, by form or by JSON. */
export function create({ resource, object, ...definition }: ObjectDefinition): Operation {
	return {
		resource,
		value: 'create',
		name: 'Create',
		action: `Create ${definition.aNoun}`,
		description: `Create ${definition.aNoun}`,
		rpc: object.rpcs.create,
		also: rpcsOfChecks(object, true),
		properties: [
			...withJson(object.noun, definition.createExample, definition.fields(object.wrapper)),
			simplify,
			optionsOf(...definition.writeOptions, includeSecrets),
		],
		output: { '...': object.info, warnings: 'string[]' },
		effect: 'writes',
		order: 'oneByOne',
		run: async (row, raw) => await createObject(row, object, raw),
	};
}
