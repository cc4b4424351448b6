import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { networkReport } from '../../../../test/support/network-report.ts';
import { aScan, aWaiver, buildReport, clusterWide, judged, workload } from '../../../../test/support/report-builder.ts';
import { compare, summarise } from '../../compare.ts';
import type { Report } from '../../report.ts';
import { renderReport, type SarifScope } from '../renderer.ts';

/** What the tests look at. */
interface Log {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] }[];
    readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
    readonly taxonomies: readonly {
      readonly shortDescription: { readonly text: string };
      readonly taxa: readonly { readonly id: string }[];
    }[];
    readonly properties: Readonly<Record<string, unknown>>;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly kind: string;
      readonly level: string;
      readonly baselineState?: string;
      readonly partialFingerprints: Record<string, string>;
      readonly suppressions: readonly Record<string, unknown>[];
      readonly taxa: readonly { readonly id: string }[];
      readonly properties: Readonly<Record<string, unknown>>;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
      }[];
    }[];
  }[];
}

const sarif = async (report: Report, scope?: SarifScope): Promise<Log> => {
  const pieces = await Array.fromAsync(await renderReport('sarif', report, scope ? { sarif: scope } : {}));
  return JSON.parse(pieces.join(''));
};

const { id: _id, $schema: _draft04, ...schema } = JSON.parse(readFileSync('test/data/sarif-schema-2.1.0.json', 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);
const faults = (log: unknown) => (validate(log) ? [] : validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`));

const everything = buildReport({
  judged: [
    ['pods/a', judged(workload('open'), 'fail'), judged(workload('accepted'), 'fail'), judged(workload('good'), 'pass')],
    ['pods/b', judged(clusterWide, 'unknown', { message: 'Could not look: no right to list Pods.' })],
    ['pods/c', judged(clusterWide, 'manual')],
    ['pods/d', judged(clusterWide, 'not-applicable')],
    ['pods/e', judged(clusterWide, 'error', { message: 'The check broke.', evidence: [] })],
  ],
  waivers: [aWaiver('W-1', 'pods/a', { match: { check: 'pods/a', subject: '*accepted*' } })],
  statements: ['Files on the nodes were not looked at.'],
});

it.each(['all', 'failures'] as const)('holds to the published schema: %s', async (scope) =>
  expect(faults(await sarif(everything, scope))).toEqual([]),
);

it('would be told by the schema when it did not', async () =>
  expect(faults({ ...(await sarif(everything)), version: '3' })).not.toEqual([]));

describe('a result', () => {
  it('tells what the outcome is', async () => {
    const [run] = (await sarif(everything)).runs;
    expect(run?.results.map(({ ruleId, kind, level }) => `${ruleId} ${kind} ${level}`).toSorted()).toEqual([
      'pods/a fail warning',
      'pods/a fail warning',
      'pods/a pass none',
      'pods/b open none',
      'pods/c review none',
      'pods/d notApplicable none',
      'pods/e open none',
    ]);
  });

  it.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.5'],
    ['info', 'note', '0.1'],
  ] as const)('of severity %s is %s', async (severity, level, score) => {
    const check = { id: 'pods/a', title: 'T', severity, why: 'W.', repair: 'R.' };
    const [run] = (await sarif(buildReport({ judged: [[check, judged(workload('a'), 'fail')]] }))).runs;
    expect(run?.results[0]?.level).toBe(level);
    expect(run?.tool.driver.rules[0]).toMatchObject({ properties: { 'security-severity': score } });
  });

  it('names its rule, its controls and our fingerprint', async () => {
    const [run] = (await sarif(everything)).runs;
    for (const one of run?.results ?? []) {
      expect(run?.tool.driver.rules[one.ruleIndex]?.id).toBe(one.ruleId);
      expect(run?.taxonomies[0]?.taxa.map(({ id }) => id)).toEqual(expect.arrayContaining(one.taxa.map(({ id }) => id)));
      expect(one.partialFingerprints.primaryLocationLineHash).toBe(`${one.partialFingerprints['gatehouse/v1']?.replace('sha256:', '')}:1`);
    }
  });

  it.each([
    [workload('front'), 'clusters/plain/shop/Deployment/front', 'plain/shop/Deployment/front/main'],
    [
      { kind: 'File', name: '/etc/kubernetes/admin.conf' },
      'clusters/plain/File/etc/kubernetes/admin.conf',
      'plain/File/etc/kubernetes/admin.conf',
    ],
    [{ kind: 'ClusterRole', name: 'system:a b' }, 'clusters/plain/ClusterRole/system%3Aa%20b', 'plain/ClusterRole/system:a b'],
    [{ kind: 'ClusterRole', name: '../..' }, 'clusters/plain/ClusterRole/..%2F..', 'plain/ClusterRole/../..'],
    [{ kind: 'Thing', name: '..' }, 'clusters/plain/Thing/%2E%2E', 'plain/Thing/..'],
  ])('has a place for %o', async (subject, uri, full) => {
    const [run] = (await sarif(buildReport({ judged: [['pods/a', judged(subject, 'fail')]] }))).runs;
    const [place] = run?.results[0]?.locations ?? [];
    expect(place?.physicalLocation.artifactLocation.uri).toBe(uri);
    expect(place?.logicalLocations[0]?.fullyQualifiedName).toBe(full);
  });

  it('that is waived is suppressed, with the reason', async () => {
    const [run] = (await sarif(everything)).runs;
    const suppressed = run?.results.filter(({ suppressions }) => suppressions.length > 0);
    expect(suppressed?.map(({ suppressions }) => suppressions[0])).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'The vendor needs it until its next release.',
        properties: { waiver: 'W-1', owner: 'Platform team', approver: 'Chief security officer', expires: '2026-12-31' },
      },
    ]);
  });

  it('that is new since the previous scan says so', async () => {
    const base = buildReport({
      scan: { id: 'scan-1' },
      judged: [['pods/a', judged(workload('open'), 'pass'), judged(workload('accepted'), 'fail')]],
    });
    const answer = compare(base, everything);
    const changes = answer.ok ? summarise(answer.value) : null;
    const [run] = (await sarif({ ...everything, changes })).runs;
    expect(run?.results.filter(({ baselineState }) => baselineState === 'new')).toHaveLength(1);
  });
});

it('tells what a reader must know', async () => {
  const [run] = (await sarif(everything)).runs;
  expect(run?.automationDetails.id).toBe('gatehouse/configuration/plain/');
  expect(run?.invocations[0]).toMatchObject({
    startTimeUtc: '2026-06-08T10:00:00.000Z',
    toolExecutionNotifications: [
      { level: 'warning', message: { text: 'Files on the nodes were not looked at.' } },
      { level: 'error', message: { text: 'The check broke.' }, associatedRule: { id: 'pods/e' } },
    ],
  });
});

it('for code scanning has the failures that count, and says what is left out', async () => {
  const [run] = (await sarif(everything, 'failures')).runs;
  expect(run?.results.map(({ locations }) => locations[0]?.logicalLocations[0]?.fullyQualifiedName)).toEqual([
    'plain/shop/Deployment/open/main',
  ]);
  expect(run?.tool.driver.rules).toHaveLength(5);
  const said = run?.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text);
  expect(said).toContain('1 finding: Could not look: no right to list Pods.');
  expect(said?.at(-1)).toMatch(
    /Left out.*: 1 waived, 1 for a person to look at, 1 that could not be looked at, 1 whose check broke, 1 passed/,
  );
});

it('keeps every run within what code scanning accepts', async () => {
  const one = buildReport({ judged: [['pods/a', judged(workload('a'), 'fail')]] });
  const [finding] = one.findings;
  const many = { ...one, findings: Array.from({ length: 25_001 }, () => finding as NonNullable<typeof finding>) };
  const { runs } = await sarif(many);
  expect(runs.map(({ results }) => results.length)).toEqual([25_000, 1]);
  expect(runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
    'gatehouse/configuration/plain/',
    'gatehouse/configuration/plain/part-2/',
  ]);
});

it('keeps rules within what code scanning accepts', async () => {
  const check = { id: 'pods/a', title: 'T', severity: 'high', why: 'long '.repeat(500), repair: 'R.' } as const;
  const controls = Array.from({ length: 40 }, (_, index) => ({
    id: `1.${index}`,
    title: 'c',
    level: 1 as const,
    automated: true,
    checks: ['pods/a'],
  }));
  const [run] = (await sarif(buildReport({ scan: aScan(), judged: [[check, judged(workload('a'), 'fail')]], controls }))).runs;
  const [rule] = run?.tool.driver.rules ?? [];
  expect(rule).toMatchObject({ fullDescription: { text: expect.stringMatching(/^.{1024}$/s) } });
  expect((rule as { properties: { tags: string[] } }).properties.tags).toHaveLength(20);
});

describe('of a penetration scan', () => {
  const report = networkReport();
  const run = async () => (await sarif(report)).runs[0] as Log['runs'][number];
  const of = async (check: string, subject: string) =>
    (await run()).results.find(
      ({ ruleId, locations }) => ruleId === check && locations[0]?.logicalLocations[0]?.fullyQualifiedName.includes(subject),
    );

  it.each(['all', 'failures'] as const)('holds to the published schema: %s', async (scope) =>
    expect(faults(await sarif(report, scope))).toEqual([]),
  );

  it('names techniques as tags, addresses and vantages', async () => {
    expect((await of('exposure/kubelet/pods', 'w1'))?.properties).toMatchObject({
      tags: ['attack/T1613'],
      endpoints: ['10.0.0.5:10250'],
      vantages: ['external', 'internal'],
      certainty: 'confirmed',
    });
    const rule = (await run()).tool.driver.rules.find(({ id }) => id === 'exposure/kubelet/pods');
    expect(rule).toMatchObject({ helpUri: 'https://example.test/pods', properties: { tags: expect.arrayContaining(['attack/T1613']) } });
  });

  it('tells ports of one thing apart', async () => {
    const names = (await run()).results.map(({ locations }) => locations[0]?.logicalLocations[0]?.fullyQualifiedName);
    expect(names).toContain('plain/Node/w1/10250/tcp');
    expect(names).toContain('plain/Node/w1/8001/tcp');
  });

  it('has the severity of a result where it is not that of its rule, and only there', async () => {
    expect((await of('exposure/kubelet/pods', 'kube-apiserver'))?.properties).toMatchObject({
      severity: 'low',
      'security-severity': '2.5',
    });
    expect((await of('exposure/kubelet/pods', 'w1'))?.properties).not.toHaveProperty('security-severity');
  });

  it('leaves what a version suggests for review', async () =>
    expect(await of('exposure/versions/cve-2026-0001', 'etcd')).toMatchObject({
      kind: 'review',
      level: 'none',
      properties: { certainty: 'potential' },
    }));

  it('says what was reached, and names no versions that it is not about', async () => {
    expect((await run()).properties).toMatchObject({ vantages: report.network?.vantages, refused: report.network?.refused });
    expect((await run()).taxonomies[0]?.shortDescription.text).toMatch(/^Meant for every version of Kubernetes;/);
    expect((await sarif(everything)).runs[0]?.taxonomies[0]?.shortDescription.text).toMatch(/^Made for Kubernetes 1\.34-1\.35;/);
  });
});
