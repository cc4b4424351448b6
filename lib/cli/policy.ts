import { makeRuleThread } from '../adapters/rules/rule-runner.ts';
import { failed } from '../core/failure.ts';
import type { TriedEvaluation } from '../gate/decide/policy-test.ts';
import { builtInPolicies } from '../gate/policy/built-in/index.ts';
import { tryAgain } from '../workflows/evaluation-run/past-evaluation.ts';
import type { Answer } from './answer.ts';
import { evaluationsIn } from './evaluation-folder.ts';
import { builtInNames, isBuiltIn, readPolicy } from './policy-source.ts';
import { styled, type Terminal } from './terminal.ts';
import { triedText } from './tried-table.ts';

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

export interface ValidateFlags {
  readonly file: string;
  readonly json?: boolean;
}

/** `gatehouse policy validate`: exit status 1 for a policy that could not decide, with every mistake and its place. */
export const validatePolicy = async ({ file, json }: ValidateFlags, terminal: Terminal): Promise<Answer> => {
  const policy = await readPolicy(file);
  if (!policy.ok) {
    const { errors, say } = policy.failure;
    // not even read
    if (!errors) return policy;
    if (json) terminal.out(`${JSON.stringify({ isValid: false, errors }, null, 2)}\n`);
    else terminal.out(`${say}\n`);
    return { exit: 1 };
  }
  const { policy: document, sha256 } = policy.value;
  const { metadata, spec } = document;
  if (json) terminal.out(`${JSON.stringify({ isValid: true, name: metadata.name, sha256, errors: [] }, null, 2)}\n`);
  else
    terminal.out(
      `${styled(terminal, 'green', `The policy ${metadata.name} is valid:`)} ${[
        count(spec.scans.length, 'scan demand'),
        count(spec.validations.length, 'rule'),
        count(spec.windows.length, 'window'),
        count(spec.freezes.length, 'freeze'),
      ].join(', ')}; sha256 ${sha256.slice(0, 12)}.\n`,
    );
  return { exit: 0 };
};

/** `gatehouse policy show`: the document of a built-in policy, to read or to begin with. */
export const showPolicy = async ({ name }: { readonly name: string }, terminal: Terminal): Promise<Answer> => {
  if (!isBuiltIn(name))
    return failed(
      'not-found',
      `There is no built-in policy "${name}"; there is ${builtInNames}. Those of a service: gatehouse policies show.`,
    );
  terminal.out(builtInPolicies[name]);
  return { exit: 0 };
};

export interface TestFlags {
  readonly file: string;
  readonly evaluations: string;
  readonly json?: boolean;
}

/** `gatehouse policy test`: whose verdict would have been another, and why. Exit status 1 when there is such a one. */
export const testPolicy = async ({ file, evaluations, json }: TestFlags, terminal: Terminal): Promise<Answer> => {
  const policy = await readPolicy(file);
  if (!policy.ok) return policy;
  const thread = makeRuleThread();
  const tried: (TriedEvaluation & { readonly evaluatedAt: string })[] = [];
  try {
    for await (const past of evaluationsIn(evaluations)) {
      // a trial that passes over evaluations in silence is worth nothing
      if (!past.ok) return past;
      const again = await tryAgain(policy.value, past.value, thread.run);
      if (!again.ok) return again;
      tried.push({ ...again.value, evaluatedAt: past.value.evaluation.evaluatedAt });
      if (terminal.signal.aborted) return failed('cancelled', 'The trial was cancelled.');
    }
  } finally {
    await thread.close();
  }
  if (tried.length === 0)
    return failed('input-invalid', `There is no evaluation in ${evaluations}; name a folder that \`gatehouse gate --out\` wrote to.`);
  const items = tried.toSorted((a, b) => (a.evaluatedAt < b.evaluatedAt ? 1 : -1));
  terminal.out(json ? `${JSON.stringify({ items }, null, 2)}\n` : triedText(terminal, items));
  return { exit: items.some(({ changes }) => changes) ? 1 : 0 };
};
