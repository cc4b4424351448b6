import { failed, type Result } from '../../core/failure.ts';
import type { CompiledPolicy } from './compile.ts';
import type { RuleDocument } from './document.ts';

/** What a rule of a policy says. */
export interface RuleAnswer {
  readonly id: string;
  /** `error`: it could not be computed; what that means is for the policy to say, and it is never a pass. */
  readonly outcome: 'pass' | 'fail' | 'error';
  readonly message: string;
}

const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
const longestMessage = 2000;

/** Computes the rules of a policy one after the other; `tell` hears of each at once. Never throws. */
export const runRules = (
  { policy, variables, validations }: CompiledPolicy,
  document: RuleDocument,
  tell: (answer: RuleAnswer) => void = () => undefined,
): readonly RuleAnswer[] => {
  const input = { ...document, params: policy.spec.params };
  const known = new Map<string, Result<unknown>>();
  const values: Record<string, () => Result<unknown>> = {};
  for (const { name, rule } of variables)
    values[name] = () => {
      const before = known.get(name);
      if (before) return before;
      // only those before it, so none can ask for itself; said first, so that a mistake here would end and not turn in circles
      known.set(name, failed('input-invalid', 'asks for itself.'));
      const value = rule.evaluate(input, values);
      known.set(name, value);
      return value;
    };
  return validations.map(({ validation: { id, message }, rule, message: making }) => {
    const value = rule.evaluate(input, values);
    const answer = ((): RuleAnswer => {
      if (!value.ok) return { id, outcome: 'error', message: sentence(`The rule could not be computed: ${value.failure.say}`) };
      if (value.value === true) return { id, outcome: 'pass', message: 'The rule holds.' };
      if (value.value !== false) return { id, outcome: 'error', message: 'The rule could not be computed: it is neither true nor false.' };
      const made = making?.evaluate(input, values);
      const text = made?.ok && typeof made.value === 'string' && made.value.trim() !== '' ? made.value : message;
      return { id, outcome: 'fail', message: sentence((text ?? `The rule ${id} does not hold`).slice(0, longestMessage)) };
    })();
    tell(answer);
    return answer;
  });
};

/** Somebody who computes the rules of a policy, here or in a thread that can be killed. Never rejects. */
export type RuleRunner = (policy: CompiledPolicy, document: RuleDocument) => Promise<readonly RuleAnswer[]>;

/** In this very process: for built-in policies, whose rules are ours. */
export const runRulesHere: RuleRunner = async (policy, document) => runRules(policy, document);
