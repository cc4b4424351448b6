import { failed, type Result, succeed } from '../../core/failure.ts';
import { fitsWildcard } from '../../core/wildcard.ts';
import { gateChecks } from '../checks/index.ts';
import { makeCelEngine } from '../rules/cel-engine.ts';
import type { KnownVariable, Rule, RuleEngine } from '../rules/engine.ts';
import { checkChoiceProblems } from './check-choice.ts';
import { schemaFor } from './document.ts';
import { policyHash } from './hash.ts';
import { GatePolicy, type Validation } from './policy.ts';
import { type Problem, problemText } from './problem.ts';
import { windowProblems } from './windows.ts';

interface NamedRule {
  readonly name: string;
  readonly rule: Rule;
}
/** A rule of a policy, ready to be computed. */
export interface CompiledValidation {
  readonly validation: Validation;
  readonly rule: Rule;
  readonly message?: Rule | undefined;
}

/** A policy that was found good, with its rules ready. */
export interface CompiledPolicy {
  readonly policy: GatePolicy;
  /** SHA-256 of the canonical document, hex. */
  readonly sha256: string;
  readonly variables: readonly NamedRule[];
  readonly validations: readonly CompiledValidation[];
}

const engine = makeCelEngine();

const twice = (names: readonly string[], path: readonly PropertyKey[], field: string): readonly Problem[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [{ path: [...path, index, field], say: `"${name}" is used twice` }] : []));

/** Compiles the expressions of a policy; what cannot be is among the problems. */
const compileRules = ({ spec }: GatePolicy, engine: RuleEngine) => {
  const schema = schemaFor(spec.params);
  const problems: Problem[] = [];
  const known: Record<string, KnownVariable> = {};
  const compile = (source: string, path: readonly PropertyKey[], wanted?: 'bool' | 'string'): Rule | undefined => {
    const made = engine.compile(source, schema, { ...known });
    if (!made.ok) {
      const { say, at } = made.failure;
      problems.push({ path, say: say.replace(/\.$/, ''), ...(at ? { in: { source, at } } : {}) });
      return undefined;
    }
    if (wanted === undefined || made.value.type === wanted || made.value.type === 'dyn') return made.value;
    problems.push({ path, say: `must be a ${wanted}, and is ${made.value.type}` });
    return undefined;
  };
  const variables = spec.variables.flatMap(({ name, expression }, index): NamedRule[] => {
    const rule = compile(expression, ['spec', 'variables', index, 'expression']);
    if (!rule) return [];
    known[name] = rule;
    return [{ name, rule }];
  });
  const validations = spec.validations.flatMap((validation, index): CompiledValidation[] => {
    const path = ['spec', 'validations', index];
    const rule = compile(validation.expression, [...path, 'expression'], 'bool');
    const { messageExpression } = validation;
    const message = messageExpression === undefined ? undefined : compile(messageExpression, [...path, 'messageExpression'], 'string');
    return rule ? [{ validation, rule, message }] : [];
  });
  return { problems, variables, validations };
};

const demandsNothing = ({ spec }: GatePolicy): boolean =>
  spec.checks.required.length === 0 &&
  spec.scans.length === 0 &&
  spec.validations.length === 0 &&
  spec.windows.length === 0 &&
  spec.freezes.length === 0;

/** Checks everything that the shape alone does not say, and compiles the rules. */
export const examinePolicy = (
  policy: GatePolicy,
  ids: readonly string[] = gateChecks.map(({ id }) => id),
  by: RuleEngine = engine,
): { readonly problems: readonly Problem[]; readonly compiled: CompiledPolicy } => {
  const { spec } = policy;
  const { problems, variables, validations } = compileRules(policy, by);
  const all: readonly Problem[] = [
    ...checkChoiceProblems(policy, ids),
    ...windowProblems(policy),
    ...twice(
      spec.variables.map(({ name }) => name),
      ['spec', 'variables'],
      'name',
    ),
    ...twice(
      spec.validations.map(({ id }) => id),
      ['spec', 'validations'],
      'id',
    ),
    ...twice(
      spec.scans.map(({ kind }) => kind),
      ['spec', 'scans'],
      'kind',
    ),
    ...(demandsNothing(policy)
      ? [{ path: ['spec'], say: 'demands nothing, so that every upgrade would be allowed; name required checks, scans or rules' }]
      : []),
    ...problems,
  ];
  return { problems: all, compiled: { policy, sha256: policyHash(policy), variables, validations } };
};

/** A policy made ready; fails with every problem it has, each with its path. */
export const compilePolicy = (policy: GatePolicy, ids?: readonly string[], by?: RuleEngine): Result<CompiledPolicy> => {
  const shape = GatePolicy.safeParse(policy);
  if (!shape.success)
    return failed(
      'input-invalid',
      `The policy is not valid: ${shape.error.issues.map(({ path, message }) => problemText({ path, say: message })).join('; ')}.`,
    );
  const { problems, compiled } = examinePolicy(shape.data, ids, by);
  return problems.length === 0
    ? succeed(compiled)
    : failed('input-invalid', `The policy is not valid:\n${problems.map((problem) => problemText(problem)).join('\n')}`);
};

/** Whether a policy is about a cluster. */
export const concernsCluster = (
  { spec: { match } }: GatePolicy,
  { name, tags }: { readonly name: string; readonly tags: Readonly<Record<string, string>> },
): boolean =>
  (match.clusters === undefined || match.clusters.some((pattern) => fitsWildcard(pattern, name))) &&
  Object.entries(match.tags ?? {}).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value);
