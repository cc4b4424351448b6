import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { kubelet, networkReport, probed } from '../../../../test/support/network-report.ts';
import {
  aControl,
  aScan,
  aWaiver,
  buildReport,
  clusterWide,
  judged,
  largeReport,
  onNode,
  workload,
} from '../../../../test/support/report-builder.ts';
import { compare, summarise } from '../../compare.ts';
import type { Report } from '../../report.ts';
import { renderReport } from '../renderer.ts';
import { controlIdOf, lineOf, propsOf, uuidOf } from './parts.ts';

interface Prop {
  readonly name: string;
  readonly value: string;
}
/** What the tests look at. */
interface Result {
  readonly remarks?: string;
  readonly props: readonly Prop[];
  readonly observations?: readonly {
    readonly uuid: string;
    readonly description: string;
    readonly methods: readonly string[];
    readonly props: readonly Prop[];
    readonly links?: readonly { readonly href: string }[];
    readonly subjects: readonly { readonly 'subject-uuid': string; readonly props: readonly Prop[] }[];
    readonly 'relevant-evidence'?: readonly { readonly description: string }[];
    readonly remarks?: string;
  }[];
  readonly risks?: readonly {
    readonly uuid: string;
    readonly status: string;
    readonly deadline?: string;
    readonly 'risk-log'?: { readonly entries: readonly { readonly description: string }[] };
    readonly 'related-observations': readonly { readonly 'observation-uuid': string }[];
  }[];
  readonly findings?: readonly {
    readonly target: { readonly 'target-id': string; readonly status: Readonly<Record<string, string>> };
    readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[];
    readonly 'related-risks'?: readonly { readonly 'risk-uuid': string }[];
  }[];
  readonly 'local-definitions': { readonly 'inventory-items'?: readonly { readonly uuid: string; readonly props: readonly Prop[] }[] };
}

const text = async (report: Report): Promise<string> => (await Array.fromAsync(await renderReport('oscal', report))).join('');
const oscal = async (report: Report) => JSON.parse(await text(report)) as { 'assessment-results': { readonly results: readonly [Result] } };
const resultOf = async (report: Report): Promise<Result> => (await oscal(report))['assessment-results'].results[0];

const schema = JSON.parse(readFileSync('test/data/oscal/oscal-complete-schema-1.2.3.json', 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(schema, 'oscal');
// the one model, not the choice of all of them: its faults can be read
const validate = ajv.compile({
  type: 'object',
  properties: { 'assessment-results': { $ref: `${schema.$id}#/definitions/oscal-complete-oscal-ar:assessment-results` } },
  required: ['assessment-results'],
  additionalProperties: false,
});
const faults = (document: unknown) =>
  validate(document) ? [] : validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`);

const everything = buildReport({
  judged: [
    ['pods/a', judged(workload('open'), 'fail'), judged(workload('accepted'), 'fail'), judged(workload('good'), 'pass')],
    ['pods/b', judged(clusterWide, 'unknown', { message: 'Could not look: no right to list Pods.' })],
    ['pods/c', judged(clusterWide, 'manual')],
    ['pods/d', judged(clusterWide, 'not-applicable')],
    ['pods/e', judged(clusterWide, 'error', { message: 'The check broke.', evidence: [] })],
    ['pods/f', judged(workload('old'), 'fail')],
    ['kubelet/g', judged(onNode('w1'), 'fail'), judged(onNode('w2'), 'fail'), judged(onNode('w3'), 'pass')],
    ['pods/h', judged(workload('fine'), 'pass')],
  ],
  waivers: [
    aWaiver('W-1', 'pods/a', { match: { check: 'pods/a', subject: '*accepted*' } }),
    aWaiver('W-2', 'pods/f', { expires: '2027-01-31T12:00:00+01:00' }),
  ],
  statements: ['Files on the nodes were not looked at.', 'Set --flag=<name> & try again.'],
});

describe('the published schema', () => {
  it.each([
    ['of every outcome', everything],
    ['of nothing at all', buildReport()],
    ['of much', largeReport(300)],
    ['of a penetration scan', networkReport()],
    [
      'with texts that OSCAL cannot hold as they are',
      buildReport({
        scan: { actor: '', trigger: ' a\n b ', cluster: { ...aScan().cluster, name: '  \u0000<b>x</b>\u2028y ' } },
        judged: [
          [
            '1odd check/ü',
            judged({ kind: 'File', name: '\ud800 a\tb' }, 'fail', { message: '', evidence: [{ source: '', looked: '', found: ' ' }] }),
          ],
        ],
        controls: [aControl('1.1.1', ['1odd check/ü'], { title: 'A <title> & more\nof it' })],
        waivers: [aWaiver('W 1', '1odd check/ü')],
      }),
    ],
  ])('is held to by a report %s', async (_what, report) => expect(faults(await oscal(report))).toEqual([]));

  it('would say so when it were not', async () => {
    const document = await oscal(everything);
    const { results, ...others } = document['assessment-results'];
    expect(faults({ 'assessment-results': others })).not.toEqual([]);
    const [{ observations = [], ...result }] = results;
    const wrong = { ...result, observations: [{ ...observations[0], uuid: '6f1c1d5e-0000-1000-8000-000000000001' }] };
    expect(faults({ 'assessment-results': { ...others, results: [wrong] } })?.join()).toMatch(/uuid must match pattern/);
  });
});

describe('controls', () => {
  it('are satisfied by good news only, and say why when they are not', async () => {
    const { findings = [] } = await resultOf(everything);
    expect(findings.map(({ target }) => [target['target-id'], target.status.state, target.status.reason, target.status.remarks])).toEqual([
      ['cis-kubernetes-1.1.1_smt', 'not-satisfied', 'fail', undefined],
      ['cis-kubernetes-1.1.2_smt', 'not-satisfied', 'other', 'Not decided: nobody could look.'],
      ['cis-kubernetes-1.1.3_smt', 'not-satisfied', 'other', 'Not decided: a person must look.'],
      ['cis-kubernetes-1.1.4_smt', 'satisfied', 'other', 'Not applicable: what the control speaks of does not exist in this cluster.'],
      ['cis-kubernetes-1.1.5_smt', 'not-satisfied', 'other', 'Not decided: the check broke.'],
      ['cis-kubernetes-1.1.6_smt', 'not-satisfied', 'fail', 'It fails, and every failure is accepted by a waiver; see the risks.'],
      ['cis-kubernetes-1.1.7_smt', 'not-satisfied', 'fail', undefined],
      ['cis-kubernetes-1.1.8_smt', 'satisfied', 'pass', undefined],
    ]);
  });

  it('name the observations and risks they follow from, all of which are there', async () => {
    const { findings = [], observations = [], risks = [], 'local-definitions': definitions } = await resultOf(everything);
    const [seen, risky] = [observations.map(({ uuid }) => uuid), risks.map(({ uuid }) => uuid)];
    const items = definitions['inventory-items']?.map(({ uuid }) => uuid);
    expect(new Set([...seen, ...risky, ...(items ?? [])]).size).toBe(seen.length + risky.length + (items?.length ?? 0));
    expect(
      findings
        .flatMap((one) => one['related-observations'] ?? [])
        .map((one) => one['observation-uuid'])
        .toSorted(),
    ).toEqual(seen.toSorted());
    expect(
      findings
        .flatMap((one) => one['related-risks'] ?? [])
        .map((one) => one['risk-uuid'])
        .toSorted(),
    ).toEqual(risky.toSorted());
    for (const { subjects } of observations) expect(items).toContain(subjects[0]?.['subject-uuid']);
    for (const risk of risks) expect(seen).toContain(risk['related-observations'][0]?.['observation-uuid']);
  });
});

describe('observations', () => {
  it('are all findings, with how somebody looked and what was seen', async () => {
    const { observations = [] } = await resultOf(everything);
    expect(observations).toHaveLength(everything.findings.length);
    const of = (outcome: string) =>
      observations.find(({ props }) => props.some(({ name, value }) => name === 'outcome' && value === outcome));
    expect(['fail', 'manual', 'unknown', 'error'].map((outcome) => of(outcome)?.methods)).toEqual([
      ['TEST'],
      ['EXAMINE'],
      ['UNKNOWN'],
      ['UNKNOWN'],
    ]);
    expect(of('pass')?.['relevant-evidence']?.[0]?.description).toBe('spec.hostNetwork: pass');
    expect(of('error')?.['relevant-evidence']).toBeUndefined();
  });

  it('say which nodes, and that they disagree', async () => {
    const { observations = [] } = await resultOf(everything);
    const one = observations.find(({ remarks }) => remarks !== undefined);
    expect(one?.remarks).toMatch(/^Nodes disagree; most common: fail, deviating: w3 \(pass\)/);
    expect(one?.subjects[0]?.props.find(({ name }) => name === 'nodes')?.value).toMatch(/w1, w2/);
  });

  it('say what is new', async () => {
    const base = buildReport({
      scan: { id: 'scan-1' },
      judged: [['pods/a', judged(workload('open'), 'pass'), judged(workload('accepted'), 'fail')]],
    });
    const answer = compare(base, everything);
    const { observations = [] } = await resultOf({ ...everything, changes: answer.ok ? summarise(answer.value) : null });
    expect(observations.filter(({ props }) => props.some(({ name }) => name === 'change'))).toHaveLength(1);
  });
});

it('risks are open, or accepted with whom and until when', async () => {
  const { risks = [] } = await resultOf(everything);
  expect(risks.map(({ status, deadline }) => [status, deadline]).toSorted()).toEqual([
    ['deviation-approved', '2026-12-31T23:59:59.999Z'],
    ['deviation-approved', '2027-01-31T11:00:00.000Z'],
    ['open', undefined],
    ['open', undefined],
  ]);
  expect(risks.find(({ deadline }) => deadline)?.['risk-log']?.entries[0]?.description).toMatch(
    /^The vendor needs it .* Owner: Platform team\. Approved by Chief security officer\. Holds until /,
  );
  const odd = {
    ...everything,
    findings: everything.findings.map((one) => (one.waiver ? { ...one, waiver: { ...one.waiver, expires: 'some day' } } : one)),
  };
  expect((await resultOf(odd)).risks?.filter(({ deadline }) => deadline !== undefined)).toEqual([]);
});

it('statements are remarks, in which a placeholder stays one', async () =>
  expect((await resultOf(everything)).remarks).toBe('Files on the nodes were not looked at.\n\nSet --flag=&lt;name> &amp; try again.'));

describe('ids', () => {
  it('are the same for the same report, and those of risks next week, too', async () => {
    expect(await text(everything)).toBe(await text(structuredClone(everything)));
    const [now, later] = [await resultOf(everything), await resultOf({ ...everything, scan: { ...everything.scan, id: 'scan-3' } })];
    expect(later.risks?.map(({ uuid }) => uuid)).toEqual(now.risks?.map(({ uuid }) => uuid));
    expect(later.observations?.[0]?.uuid).not.toBe(now.observations?.[0]?.uuid);
  });

  it('are of version 5, and never change', () => {
    expect(uuidOf('risk', 'sha256:1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('risk', 'sha256:1')).toBe('a662bf6c-cace-52e1-ad73-32963bad58d4');
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('a","b'));
  });

  it('of controls are names', () => {
    expect(controlIdOf({ framework: 'cis-kubernetes', id: '1.2.16' })).toBe('cis-kubernetes-1.2.16');
    expect(controlIdOf({ framework: '800-53', id: 'AC 2(1)' })).toBe('_800-53-AC_2_1_');
  });
});

it('properties are one line, and are left out when they would be empty', () => {
  expect(lineOf(' a\n\t b\u2028c\u0000 ')).toBe('a b c');
  expect(propsOf({ a: undefined, b: ' \n', c: 0, d: false }).map(({ name, value }) => [name, value])).toEqual([
    ['c', '0'],
    ['d', 'false'],
  ]);
});

describe('of a penetration scan', () => {
  const named = (props: readonly { readonly name: string; readonly value: string }[] = []) =>
    Object.fromEntries(props.map(({ name, value }) => [name, value]));

  it('an observation says how sure, from where, at which address, and where to read on', async () => {
    const { observations = [] } = await resultOf(networkReport());
    const pods = observations.find(({ props }) => named(props).check === 'exposure/kubelet/pods');
    expect(named(pods?.props)).toMatchObject({ certainty: 'confirmed', vantages: 'external, internal', 'attack-techniques': 'T1613' });
    expect(pods?.links).toEqual([{ href: 'https://example.test/pods', rel: 'reference' }]);
    expect(named(pods?.subjects[0]?.props)).toMatchObject({ port: '10250/tcp', endpoints: '10.0.0.5:10250' });
    const flaw = observations.find(({ props }) => named(props).certainty === 'potential');
    expect(flaw?.methods).toEqual(['EXAMINE']);
  });

  it('a thing is the same one when its address changes, and another one on another port', async () => {
    const items = async (address: string) =>
      (await resultOf(networkReport({ judged: [probed(kubelet('w1', address), 'fail')] })))['local-definitions']['inventory-items'] ?? [];
    const [before, after] = [await items('10.0.0.5'), await items('10.9.9.9')];
    expect(after.map(({ uuid }) => uuid)).toEqual(before.map(({ uuid }) => uuid));
    const ports = before.map(({ props }) => named(props).port).filter((port) => port !== undefined);
    expect(ports.toSorted()).toEqual(['10250/tcp', '8001/tcp']);
  });

  it('the result says what was reached', async () =>
    expect(named((await resultOf(networkReport())).props)).toMatchObject({
      'external-reached': '3',
      'external-targets': '4',
      'internal-timed-out': '2',
      'findings-potential': '1',
    }));
});
