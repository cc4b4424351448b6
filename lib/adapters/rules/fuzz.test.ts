import { afterAll, expect, it } from 'vitest';
import { checkedAs, judgementOf } from '../../../test/support/judgement.ts';
import { decide } from '../../gate/decide/decide.ts';
import { compilePolicy } from '../../gate/policy/compile.ts';
import { documentOf } from '../../gate/policy/document.ts';
import { GatePolicy } from '../../gate/policy/policy.ts';
import { makeRuleThread } from './rule-runner.ts';

// Hostile rules neither hang the evaluation nor turn a denial into anything else. Numbers come from a seed, so that every run is the same.

const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const next = random(7);
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

const atoms = [
  'object.nodes',
  'object',
  'object.target',
  'n',
  'n.name',
  '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!"',
  '1',
  '9223372036854775807',
  '0',
  '1e308',
  'true',
  'null',
  '[]',
  '{}',
  'object.checks',
  'object.checks["drain.pdb"].outcome',
  'now',
  'params',
  'request',
  'oldObject',
  'variables',
  'b"\\xff"',
  'object.__proto__',
  'object.constructor',
];
const patterns = ['"^(a+)+$"', '"(a|a)*$"', '"a*a*a*a*a*$"', '"(?<=a)b"', '"a{1000}{1000}"', '"["', 'object.target', '"(x+x+)+y"'];

/** An expression that nests whatever it finds. */
const hostile = (depth: number): string => {
  if (depth === 0) return pick(atoms);
  const inner = () => hostile(depth - 1 - Math.floor(next() * Math.min(2, depth)) < 0 ? 0 : depth - 1);
  return pick([
    () => `${inner()}.all(n, ${inner()})`,
    () => `${inner()}.exists(n, ${inner()})`,
    () => `${inner()}.map(n, ${inner()})`,
    () => `${inner()}.filter(n, ${inner()})`,
    () => `object.nodes.all(n, object.nodes.exists(m, ${inner()} == ${inner()}))`,
    () => `${inner()}.matches(${pick(patterns)})`,
    () => `(${inner()} + ${inner()})`,
    () => `(${inner()} ${pick(['==', '<', 'in', '&&', '||', '/', '%', '*'])} ${inner()})`,
    () => `(${inner()} ? ${inner()} : ${inner()})`,
    () => `[${inner()}, ${inner()}]`,
    () => `{"a": ${inner()}}.a`,
    () => `cel.bind(n, ${inner()}, ${inner()})`,
    () => `string(${inner()}).split("")`,
    () => `${inner()}.join(${inner()})`,
    () => `${inner()}.replace("a", ${inner()})`,
    () => `semver(string(${inner()}), true).minor()`,
    () => `${'('.repeat(Math.floor(next() * 80))}${inner()}`,
    () => `!(${inner()})`,
  ])();
};

/** Well-typed ones, which come past the check of types: loops in loops, slow patterns, growing texts, errors in odd places. */
type Make = (depth: number) => string;
const truth: Make = (depth) =>
  depth <= 0
    ? pick(['true', 'false', 'n.ready', 'object.target == "x"', 'object.nodes[999].ready', '1 / 0 == 1', 'has(n.pool)'])
    : pick([
        () => `${nodes(depth - 1)}.all(n, ${truth(depth - 1)})`,
        () => `${nodes(depth - 1)}.exists(n, ${truth(depth - 1)})`,
        () => `${text(depth - 1)}.matches(${pick(patterns)})`,
        () => `(${truth(depth - 1)} ${pick(['&&', '||'])} ${truth(depth - 1)})`,
        () => `(${number(depth - 1)} ${pick(['<', '==', '>='])} ${number(depth - 1)})`,
        () => `(${text(depth - 1)} ${pick(['==', '<', '!='])} ${text(depth - 1)})`,
        () => `!${truth(depth - 1)}`,
        () => `(${truth(depth - 1)} ? ${truth(depth - 1)} : ${truth(depth - 1)})`,
        () => `semver(${text(depth - 1)}, true).isLessThan(semver("1.2.3"))`,
        () => `quantity(${text(depth - 1)}).isInteger()`,
      ])();
const text: Make = (depth) =>
  depth <= 0
    ? pick(['n.name', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"', 'object.target', '""', 'object.checks["none"].message'])
    : pick([
        () => `(${text(depth - 1)} + ${text(depth - 1)})`,
        () => `${text(depth - 1)}.replace("a", ${text(depth - 1)})`,
        () => `${nodes(depth - 1)}.map(n, ${text(depth - 1)}).join(${text(depth - 1)})`,
        () => `string(${number(depth - 1)})`,
        () => `${text(depth - 1)}.split("").join(${text(depth - 1)})`,
        () => `${text(depth - 1)}.substring(${number(depth - 1)})`,
      ])();
const number: Make = (depth) =>
  depth <= 0
    ? pick(['0', '1', '9223372036854775807', 'n.cpu', '-9223372036854775807'])
    : pick([
        () => `(${number(depth - 1)} ${pick(['+', '*', '/', '%', '-'])} ${number(depth - 1)})`,
        () => `${nodes(depth - 1)}.map(n, ${number(depth - 1)}).${pick(['sum', 'min', 'max'])}()`,
        () => `size(${text(depth - 1)})`,
        () => `int(${text(depth - 1)})`,
        () => `${nodes(depth - 1)}.size()`,
      ])();
const nodes: Make = (depth) =>
  depth <= 0
    ? 'object.nodes'
    : pick([
        () => `${nodes(depth - 1)}.filter(n, ${truth(depth - 1)})`,
        () => `(${nodes(depth - 1)} + ${nodes(depth - 1)})`,
        () => 'object.nodes',
      ])();

const policyOf = (expression: string) =>
  compilePolicy(
    GatePolicy.parse({
      apiVersion: 'gate.gatehouse.dev/v1alpha1',
      kind: 'GatePolicy',
      metadata: { name: 'hostile' },
      spec: {
        checks: { required: ['drain.pdb'] },
        failurePolicy: 'Warn',
        validations: [{ id: 'x', expression: expression.slice(0, 4096) }],
      },
    }),
    ['drain.pdb'],
  );

const thread = makeRuleThread();
afterAll(() => thread.close());

it('hostile rules end, and never lift a denial', async () => {
  const checked = checkedAs({ 'drain.pdb': 'fail' });
  const base = judgementOf({ checked });
  const node = { name: 'a'.repeat(60), kubelet: 'v1.35.4', labels: {}, taints: [] };
  let computed = 0;
  for (let round = 0; round < 1_000; round++) {
    const depth = 1 + (round % 5);
    const source = round % 4 === 0 ? hostile(depth) : `object.nodes.all(n, ${truth(depth)})`;
    const policy = policyOf(source);
    if (!policy.ok) continue;
    computed += 1;
    const document = documentOf({ ...base, tags: {}, checks: [], source: undefined, previous: undefined });
    const answers = await thread.run(policy.value, {
      ...document,
      object: { ...document.object, nodes: Array.from({ length: 200 }, () => node) },
    });
    expect(answers.map(({ id }) => id)).toEqual(['x']);
    expect(decide({ ...base, policy: policy.value }, answers).verdict, source).toBe('deny');
    // and where nothing else is in the way, only a rule that holds allows: this policy says that a broken one warns
    const { verdict } = decide({ ...base, policy: policy.value, checked: checkedAs({ 'drain.pdb': 'pass' }) }, answers);
    expect(verdict, source).toBe({ pass: 'allow', fail: 'deny', error: 'warn' }[answers[0]?.outcome ?? 'fail']);
  }
  // as many as the generator makes of this seed: none would prove nothing
  expect(computed).toBeGreaterThan(200);
});
