import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { networkReport } from '../../../test/support/network-report.ts';
import { aWaiver, buildReport, judged, onNode, workload } from '../../../test/support/report-builder.ts';
import { compare, summarise } from '../compare.ts';
import { Comparison } from '../comparison.ts';
import { Report } from '../report.ts';
import { comparisonSchema, reportSchema } from '../schemas.ts';
import { comparisonRows, renderComparison } from './comparison.ts';
import { renderReport } from './renderer.ts';

const base = buildReport({
  scan: { id: 'scan-1' },
  judged: [['pods/a', judged(workload('front'), 'pass'), judged(workload('gone'), 'fail')]],
});
const head = buildReport({
  judged: [
    ['pods/a', judged(workload('front'), 'fail')],
    ['kubelet/b', judged(onNode('w1'), 'fail'), judged(onNode('w2'), 'pass')],
  ],
  waivers: [aWaiver('W-1', 'pods/a')],
});
const answer = compare(base, head);
if (!answer.ok) throw new Error(answer.failure.say);
const comparison = answer.value;
const report: Report = { ...head, changes: summarise(comparison) };
const text = async (document: Report) => (await Array.fromAsync(await renderReport('json', document))).join('');
const faults = (schema: object, document: unknown) => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  return validate(document) ? [] : validate.errors;
};

describe('report.json', () => {
  it('is the report, to be read by people too', async () => {
    const written = await text(report);
    expect(Report.parse(JSON.parse(written))).toEqual(report);
    expect(written).toMatch(/^\{\n {2}"schemaVersion": "1",\n {2}"scan": \{/);
    expect(written.endsWith('}\n')).toBe(true);
  });

  it('has its keys in the order of the model, whatever built the object', async () => {
    const turned = Object.fromEntries(Object.entries(report).toReversed()) as Report;
    expect(await text(turned)).toBe(await text(report));
  });

  it.each([
    ['as a whole', { ...report, schemaVersion: '2' as '1' }],
    ['in a finding', { ...report, findings: [{ ...report.findings[0], outcome: 'fine' as 'pass' }] as Report['findings'] }],
  ])('is not written when it is no report %s', async (_where, wrong) => await expect(text(wrong)).rejects.toThrow());

  it('without findings is a report too', async () => {
    const empty = { ...report, findings: [] };
    expect(await text(empty)).toBe(`${JSON.stringify(Report.parse(empty), null, 2)}\n`);
  });

  it('is what JSON.stringify would write', async () =>
    expect(await text(report)).toBe(`${JSON.stringify(Report.parse(report), null, 2)}\n`));

  it('holds to the published schema', async () => expect(faults(reportSchema(), JSON.parse(await text(report)))).toEqual([]));

  it('of a penetration scan holds every request, and holds to the schema', async () => {
    const scanned = networkReport();
    const read = JSON.parse(await text(scanned));
    expect(read.network).toEqual(scanned.network);
    expect(faults(reportSchema(), read)).toEqual([]);
    expect(JSON.parse(await text(report))).not.toHaveProperty('network');
  });

  it('would be told by the schema when it did not', () => {
    expect(faults(reportSchema(), { ...report, schemaVersion: '2' })).not.toEqual([]);
    expect(faults(reportSchema(), { ...report, findings: [{ ...report.findings[0], outcome: 'fine' }] })).not.toEqual([]);
  });
});

describe('comparison.json', () => {
  const written = async () => (await Array.fromAsync(await renderComparison('json', comparison))).join('');
  it('is the comparison', async () => expect(Comparison.parse(JSON.parse(await written()))).toEqual(comparison));
  it('holds to the published schema', async () => expect(faults(comparisonSchema(), JSON.parse(await written()))).toEqual([]));
  it('would be told by the schema when it did not', () => expect(faults(comparisonSchema(), { ...comparison, new: [{}] })).not.toEqual([]));
});

it('a comparison as rows says in words what became of each failure', () =>
  expect(comparisonRows(comparison)).toMatchObject([
    { change: 'new', subject: 'Deployment shop/front, container main', base: 'pass', head: 'fail, waived by W-1' },
    { change: 'notComparable', subject: 'worker nodes', base: '-', head: 'fail', reason: 'The check did not run in the base scan.' },
    { change: 'resolved', subject: 'Deployment shop/gone, container main', base: 'fail', head: '-' },
  ]));

it.each(['xml', 'toString', ''])('a format that does not exist is an error: %j', async (format) => {
  await expect(renderReport(format as 'json', report)).rejects.toThrow('no such format');
  await expect(renderComparison(format as 'json', comparison)).rejects.toThrow('no such format');
});
