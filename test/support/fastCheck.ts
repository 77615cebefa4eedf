import * as fc from 'fast-check';

/**
 * Seed of all generated input in the tests: a run repeats the one before, so that a change that turns a test red is to
 * blame for it. FC_SEED gives another one, such as the one that a failure names. `npm run fuzz` takes a new one each time.
 */
export const seed = Number(process.env.FC_SEED ?? 20_261_123);

fc.configureGlobal({ seed });

export * from 'fast-check';
