/** Attributes of a participant by which Call: Place marks the call of a contact, and the call trigger finds it again. */
export const contactAttributes = { key: 'n8n.contact_key', attempt: 'n8n.attempt' } as const;
