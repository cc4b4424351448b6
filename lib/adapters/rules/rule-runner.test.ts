import { afterAll, describe, expect, it } from 'vitest';
import { compilePolicy } from '../../gate/policy/compile.ts';
import type { RuleDocument } from '../../gate/policy/document.ts';
import { GatePolicy } from '../../gate/policy/policy.ts';
import { makeCelEngine } from '../../gate/rules/cel-engine.ts';
import { type Guard, guards } from '../../gate/rules/guards.ts';
import { makeRuleThread } from './rule-runner.ts';

const policyOf = (expressions: readonly string[]): GatePolicy =>
  GatePolicy.parse({
    apiVersion: 'gate.gatehouse.dev/v1alpha1',
    kind: 'GatePolicy',
    metadata: { name: 'evil' },
    spec: { checks: {}, validations: expressions.map((expression, index) => ({ id: `r${index}`, expression })) },
  });

const node = { name: `${'a'.repeat(60)}!`, kubelet: 'v1.35.4', labels: {}, taints: [] };
const document: RuleDocument = {
  object: {
    cluster: { id: 'c', name: 'prod', tags: {} },
    current: 'v1.35.4',
    target: 'v1.36.3',
    nodes: Array.from({ length: 300 }, () => node),
    checks: {},
    scans: {},
  },
  oldObject: {},
  request: { by: 'test', source: {} },
  now: '2026-11-23T12:00:00Z',
};

/** Compiles with some guards left out: what they would have refused comes as far as the thread. */
const compiled = (expressions: readonly string[], without: readonly Guard[]) => {
  const made = compilePolicy(policyOf(expressions), undefined, makeCelEngine(without));
  if (!made.ok) throw new Error(made.failure.say);
  return made.value;
};

const nested = 'object.nodes.all(a, object.nodes.all(b, object.nodes.all(c, object.nodes.all(d, a.name + b.name + c.name != d.name))))';
const slowPattern = 'object.nodes.exists(n, n.name.matches("^(a+)+$"))';

describe('the thread for rules', () => {
  const usual = makeRuleThread();
  afterAll(() => usual.close());

  it('answers for every rule, as this process would', async () => {
    const policy = compiled(['object.nodes.size() == 300', 'object.target == "v1.0.0"', 'object.nodes[400].ready'], []);
    expect((await usual.run(policy, document)).map(({ outcome }) => outcome)).toEqual(['pass', 'fail', 'error']);
  });

  it('kills loops that no static guard refused: an error, and what was answered before stays', async () => {
    const thread = makeRuleThread({ deadlineMs: 200, without: guards });
    const answers = await thread.run(compiled(['true', nested, 'true'], guards), document);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['pass', 'error', 'error']);
    expect(answers[1]?.message).toContain('stopped after 200 ms');
    // and a new thread takes over
    expect((await thread.run(compiled(['true'], guards), document)).map(({ outcome }) => outcome)).toEqual(['pass']);
    await thread.close();
  });

  it('kills a regular expression that no static guard refused', async () => {
    const thread = makeRuleThread({ deadlineMs: 200, without: guards });
    expect((await thread.run(compiled([slowPattern], guards), document)).map(({ outcome }) => outcome)).toEqual(['error']);
    await thread.close();
  });

  it('kills what fills the memory', async () => {
    const thread = makeRuleThread({ deadlineMs: 20_000, heapMb: 24, without: guards });
    const greedy = 'object.nodes.map(a, object.nodes.map(b, object.nodes.map(c, a.name + b.name))).size() == 0';
    const [answer] = await thread.run(compiled([greedy], guards), document);
    expect(answer?.outcome).toBe('error');
    expect(answer?.message).toContain('more than 24 MB');
    await thread.close();
  });

  it('computes the same regular expression with guard (c) in its place', async () => {
    expect((await usual.run(compiled([slowPattern], []), document)).map(({ outcome }) => outcome)).toEqual(['fail']);
  });

  it('answers several askers, each with its own', async () => {
    const both = await Promise.all([usual.run(compiled(['true'], []), document), usual.run(compiled(['false'], []), document)]);
    expect(both.map(([answer]) => answer?.outcome)).toEqual(['pass', 'fail']);
  });
});
