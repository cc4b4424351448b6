import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { readPdf } from '../../test/support/read-pdf.ts';
import { readFonts } from '../adapters/local/report-fonts.ts';
import { Evaluation, type EvaluationCheck } from '../gate/evaluation.ts';
import { renderEvaluation } from './render.ts';

const check = (id: string, more: Partial<EvaluationCheck> = {}): EvaluationCheck => ({
  id,
  category: 'drain',
  title: `${id} holds`,
  outcome: 'pass',
  required: true,
  severity: 'high',
  message: `${id} was looked at.`,
  resources: [],
  why: 'It matters.',
  repair: 'Repair it.',
  links: ['https://example.com/read-on'],
  evidenceAt: '2026-01-01T00:00:00Z',
  waiver: null,
  ...more,
});

const evaluation: Evaluation = {
  schemaVersion: '1',
  id: 'evl-1',
  action: 'upgrade',
  cluster: { id: 'uid-1', name: 'production' },
  current: 'v1.35.4',
  target: 'v1.36.3',
  policy: { name: 'default', sha256: 'ab'.repeat(32) },
  requestedBy: 'somebody',
  evaluatedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-01T01:00:00Z',
  verdict: 'deny',
  allowed: false,
  summary: 'Not now: a budget allows no disruption.',
  statements: ['Scan evidence was not considered.'],
  checks: [
    check('drain.pdb', {
      outcome: 'fail',
      message: 'A budget allows no disruption.',
      resources: Array.from({ length: 20 }, (_, at) => ({ kind: 'PodDisruptionBudget', namespace: 'shop', name: `front-${at}` })),
    }),
    check('addon.cni', { outcome: 'unknown', required: false, category: 'addon' }),
    check('health.nodes', { category: 'health' }),
    check('cert.old', {
      outcome: 'fail',
      category: 'certificate',
      waiver: { id: 'W-7', reason: 'known', owner: 'ops', approver: 'boss', expires: '2026-02-01' },
    }),
  ],
  evidence: [],
  evidenceHash: 'cd'.repeat(32),
  plan: {
    path: ['v1.35.4', 'v1.36.3'],
    inPlace: [{ order: 1, what: 'The API server restarts.', component: 'kube-apiserver', node: 'cp1', restarts: true }],
    repave: [],
  },
  previous: { id: 'evl-0', verdict: 'allow', changes: ['drain.pdb fails now.'] },
  tool: { name: 'gatehouse', version: '1.2.3', dataAsOf: '2026-11-23' },
};
const bytes = async (format: 'pdf' | 'csv' | 'json'): Promise<Buffer> => {
  const fonts = await readFonts();
  const pieces = await Array.fromAsync(await renderEvaluation(format, evaluation, { fonts }));
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
};

it('is the model in JSON, and can be read back', async () =>
  expect(Evaluation.parse(JSON.parse(String(await bytes('json'))))).toEqual(evaluation));

it('has a line for each check in CSV', async () => {
  const rows = parse(await bytes('csv'), { bom: true, columns: true }) as Record<string, string>[];
  expect(rows.map(({ check: id, outcome, required, waived }) => [id, outcome, required, waived])).toEqual([
    ['drain.pdb', 'fail', 'true', ''],
    ['addon.cni', 'unknown', 'false', ''],
    ['health.nodes', 'pass', 'true', ''],
    ['cert.old', 'fail', 'true', 'W-7'],
  ]);
  expect(rows[0]?.resources).toContain('PodDisruptionBudget shop/front-19');
});

it('says on paper what denies, what warns, what is waived and what would happen, the same every time', async () => {
  const pdf = await bytes('pdf');
  const text = (await readPdf(pdf)).pages.join(' ');
  for (const words of [
    'Denied',
    'shop/front-11',
    'and 8 more',
    'addon.cni',
    'W-7',
    'kube-apiserver',
    'Scan evidence was not considered.',
    'drain.pdb fails now.',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('shop/front-12');
  expect((await bytes('pdf')).equals(pdf)).toBe(true);
});
