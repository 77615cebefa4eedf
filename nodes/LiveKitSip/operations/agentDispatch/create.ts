import type { INodeProperties } from 'n8n-workflow';
import { agentDispatchFields } from './fields';
import { simplify } from '../../fields/output';
import { formOrJson, showFor } from '../../fields/form';

const example =
	'{\n  "room": "my-call",\n  "agent_name": "outbound-caller",\n  "metadata": "{\\"phone_number\\": \\"+14155550123\\"}"\n}';

/** Parameters of Agent Dispatch: Create. */
export const createDescription: INodeProperties[] = showFor('agentDispatch', 'create', [
	...formOrJson('dispatch', example, agentDispatchFields),
	simplify,
]);
