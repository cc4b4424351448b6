import type { Result } from '../../lib/core/failure.ts';

/** `ok`, or the code of the failure. */
export const codeOf = (answer: Result<unknown>): string => (answer.ok ? 'ok' : answer.failure.code);
/** The sentence of the failure; empty when there is none. */
export const sayOf = (answer: Result<unknown>): string => (answer.ok ? '' : answer.failure.say);
/** The value; a failure ends the test with its sentence. */
export const must = <T>(answer: Result<T>): T => {
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.say}`);
  return answer.value;
};
