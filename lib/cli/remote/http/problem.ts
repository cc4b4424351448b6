import { Problem } from '../../../api/problem.ts';
import { type Failure, type FailureCode, failureCodes } from '../../../core/failure.ts';
import type { Received } from './transport.ts';

/** Text of a server on a terminal: no character that moves the cursor or hides what stands there. */
export const plain = (text: string): string => text.replace(/[^\P{C}\n]|[\u2028\u2029]/gu, '?');

/** What the trouble that only HTTP has is to the command line. */
const codeOfHttp: Readonly<Record<string, FailureCode>> = {
  'precondition-failed': 'conflict',
  'precondition-required': 'conflict',
  'key-reused': 'conflict',
  'rate-limited': 'cluster-overloaded',
  'internal-error': 'output-failed',
  // 130 is for a Ctrl-C of ours
  cancelled: 'output-failed',
};
const codeOf = ({ code, status }: Problem): FailureCode =>
  codeOfHttp[code] ?? (Object.hasOwn(failureCodes, code) ? (code as FailureCode) : status >= 500 ? 'output-failed' : 'input-invalid');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The sentence of a refusal, and every field that is wrong on a line of its own. */
const sayOf = (problem: Problem, server: string): string => {
  const { detail, errors = [], status, instance } = problem;
  const fields = errors.length > 1 ? errors.map(({ at, message }) => `\n  ${at || 'the whole'}: ${message}`).join('') : '';
  const advice = status === 401 ? ` Sign in with: gatehouse login --server ${server}` : '';
  const request = status >= 500 ? ` (request ${instance})` : '';
  return plain(`${detail}${request}${advice}${fields}`);
};

/** Why a request was not done, from an answer that is no success. */
export const failureOf = (answer: Pick<Received, 'status' | 'text'>, server: string): Failure => {
  const problem = Problem.safeParse(parse(answer.text));
  if (problem.success) return { code: codeOf(problem.data), say: sayOf(problem.data, server) };
  const { status } = answer;
  if (status >= 300 && status < 400)
    return {
      code: 'answer-invalid',
      say: `${server} sends elsewhere (HTTP ${status}), and no redirect is followed; name the address it leads to.`,
    };
  if (status === 429 || status === 503)
    return { code: 'cluster-overloaded', say: `${server} is overloaded (HTTP ${status}); try again in a while.` };
  return { code: 'answer-invalid', say: `${server} answered HTTP ${status} without saying why; is it a Gatehouse server?` };
};
