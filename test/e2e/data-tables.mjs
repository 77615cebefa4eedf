/** Data Tables of an n8n, as a person uses them: over n8n's own REST. */
export class DataTables {
	#rest;
	#path;

	/** Use `create`. */
	constructor(rest, project) {
		this.#rest = rest;
		this.#path = `/projects/${project}/data-tables`;
	}

	/** @param {import('../../local/n8n/rest.mjs').N8nRest} rest signed in */
	static async create(rest) {
		const { id } = await rest.request('GET', '/projects/personal');
		return new DataTables(rest, id);
	}

	/**
	 * @param {string} name
	 * @param {{name: string, type: string}[]} columns
	 * @returns {Promise<string>} its ID
	 */
	async make(name, columns) {
		const { id } = await this.#rest.request('POST', this.#path, { name, columns });
		return id;
	}

	/**
	 * Does by hand what nodes of n8n 1.x cannot: makes the tables of an example, and puts their IDs into its Settings.
	 *
	 * @param {object} workflow an example; it is changed
	 * @returns {Promise<string[]>} names of the nodes that would have made them
	 */
	async makeFor({ nodes }) {
		const makers = nodes.filter(
			({ type, parameters }) =>
				type === 'n8n-nodes-base.dataTable' && parameters.resource === 'table',
		);
		for (const { parameters } of makers) {
			const setting = /\.(\w+) }}$/.exec(parameters.tableName)[1];
			const { assignments } = nodes.find(({ name }) => name === 'Settings').parameters.assignments;
			const field = (wanted) => assignments.find(({ name }) => name === wanted);
			field(`${setting}_id`).value = await this.make(
				field(setting).value,
				parameters.columns.column,
			);
		}
		return makers.map(({ name }) => name);
	}

	/** The ID of the table of this name, undefined if there is none. */
	async idOf(name) {
		const { data } = await this.#rest.request('GET', this.#path);
		return data.find((table) => table.name === name)?.id;
	}

	/** The rows of a table, oldest first; at most 250. */
	async rowsOf(id) {
		const { data } = await this.#rest.request(
			'GET',
			`${this.#path}/${id}/rows?take=250&sortBy=id:asc`,
		);
		return data;
	}

	/** Changes the rows that have a value, as a person does in the table's editor. */
	async setRows(id, column, value, data) {
		const filter = { type: 'and', filters: [{ columnName: column, condition: 'eq', value }] };
		await this.#rest.request('PATCH', `${this.#path}/${id}/rows`, { filter, data });
	}
}
