import type { INodeProperties } from 'n8n-workflow';
import { transferFields } from '../../fields/transfer';
import { formOrJson, showFor } from '../../fields/form';

const example =
	'{\n  "room_name": "my-call",\n  "participant_identity": "sip_+14155550123",\n  "transfer_to": "tel:+14155550199"\n}';

/** Parameters of Call: Transfer. */
export const transferDescription: INodeProperties[] = showFor(
	'call',
	'transfer',
	formOrJson('transfer', example, transferFields),
);
