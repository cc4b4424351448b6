import type { Judgement } from '../../core/finding.ts';
import type { Severity } from '../../core/outcome.ts';
import { redact } from '../../core/redact.ts';
import type { ConformanceFacts, SuiteTest } from './facts.ts';
import { readTestName } from './test-name.ts';

/** One test with what it said. */
export interface JudgedTest {
  /** What a report says of the test, whatever it found. */
  readonly check: {
    readonly id: string;
    readonly title: string;
    readonly severity: Severity;
    readonly why: string;
    readonly repair: string;
  };
  /** The group that owns it. */
  readonly area: string;
  readonly judgements: readonly [Judgement];
}

const clean = (text: string): string =>
  redact(text.replace(/[^\S\n]+/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, (one) => (one === '\n' ? one : ' ')));
const firstLine = (text: string): string => {
  const line =
    clean(text)
      .split('\n')
      .map((one) => one.trim())
      .find((one) => one !== '') ?? '';
  const said = line.replace(/^\[FAILED\] /, '').replace(/[\s:]+$/, '');
  return said.length > 240 ? `${said.slice(0, 240)}…` : said;
};
const mostFound = 2_000;

const judgeOne = (test: SuiteTest, facts: ConformanceFacts): JudgedTest => {
  const { name, tags, area } = readTestName(test.name);
  const { cluster } = facts;
  const isConformance = tags.includes('Conformance');
  const output = test.output ?? '';
  const said = firstLine(output);
  const took = test.seconds > 0 ? ` after ${test.seconds.toFixed(1)} s` : '';
  const evidence = {
    source: facts.cut ? 'e2e.log, as far as it was read' : 'junit_01.xml',
    looked: clean(test.name),
    found: `${test.hasPassed ? 'passed' : 'failed'}${took}${output === '' ? '' : `: ${clean(output).slice(0, mostFound)}`}`,
  };
  return {
    check: {
      id: facts.ids[test.name] || `conformance/${readTestName(test.name).slug}`,
      title: clean(name),
      severity: isConformance ? 'high' : 'medium',
      why: isConformance
        ? 'Every certified Kubernetes does this, and programs that run on Kubernetes rely on it.'
        : 'The test suite of Kubernetes expects this; it is no part of what certification demands.',
      repair:
        'Read what the test says; run it alone with --mode custom and its name as --focus, and look at the events of the cluster while it runs. Where the deviation is meant, accept it by a waiver.',
    },
    area,
    judgements: [
      {
        subject: { kind: 'Cluster', name: cluster.name },
        outcome: test.hasPassed ? 'pass' : 'fail',
        message: test.hasPassed ? 'The test passed.' : `The test failed${said === '' ? '' : `: ${said}`}${/[.!?…]$/.test(said) ? '' : '.'}`,
        evidence: [evidence],
      },
    ],
  };
};

/** One finding for each test that ran. Pure. */
export const judgeTests = (facts: ConformanceFacts): readonly JudgedTest[] => facts.tests.map((test) => judgeOne(test, facts));
