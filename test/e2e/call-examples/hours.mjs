const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** Parameters of Calling Hours that are open whatever the time is. */
export function allDay() {
	const rows = [{ days, from: '00:00', until: '24:00' }];
	return { callingHours: 'only', hours: { rows }, excludedDates: '' };
}

/** Those that are closed yesterday, today and tomorrow, whatever the time is. */
export function never() {
	return { ...allDay(), excludedDates: [-1, 0, 1].map(day).join(', ') };
}
