import { describe, expect, it } from 'vitest';
import { byOutcome, bySeverity } from '../../core/outcome.ts';
import { statements } from './index.ts';
import type { AnyStatement, StatementCase } from './statement.ts';

const statementFiles = import.meta.glob<Record<string, AnyStatement>>('./**/*.statement.ts', { eager: true });
const caseFiles = import.meta.glob<{ cases: readonly StatementCase<never>[] }>('./**/*.cases.ts', { eager: true });
const onDisk = Object.entries(statementFiles).map(([path, module]) => ({
  path,
  statement: Object.values(module).find((value) => typeof value === 'object' && 'covers' in value) as AnyStatement,
  cases: caseFiles[path.replace('.statement.', '.cases.')]?.cases ?? [],
}));
/** Those made of rows of a table, which versions/cves.test.ts looks at. */
const isOfTable = ({ id }: AnyStatement): boolean => id.startsWith('exposure/versions/cve-');

it('lists every statement that is on disk, once', () => {
  const listed = statements.filter((statement) => !isOfTable(statement)).map(({ id }) => id);
  expect(listed.toSorted()).toEqual(onDisk.map(({ statement }) => statement.id).toSorted());
  expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
});

it('finds a statement for every cases file in a folder of statements', () => {
  const folders = new Set(Object.keys(statementFiles).map((path) => path.split('/')[1]));
  const stray = Object.keys(caseFiles).filter(
    (path) => folders.has(path.split('/')[1]) && !statementFiles[path.replace('.cases.', '.statement.')],
  );
  expect(stray).toEqual([]);
});

describe.each(statements.map((statement) => ({ id: statement.id, statement })))('$id', ({ statement }) => {
  it('says why and how to repair it in sentences, and where to read on', () => {
    for (const text of [statement.why, statement.repair, ...(statement.lookAt ? [statement.lookAt] : [])])
      expect(text).toMatch(/^[A-Z`'/-].*\.$/s);
    expect(statement.title).not.toMatch(/\.$/);
    expect(statement.techniques.length).toBeGreaterThan(0);
    for (const technique of statement.techniques) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
    expect(statement.references.length).toBeGreaterThan(0);
    for (const page of statement.references) expect(page).toMatch(/^https:\/\//);
  });
});

describe.each(onDisk)('$statement.id', ({ path, statement, cases }) => {
  it('is named after its folder and file', () => expect(`./${statement.id.replace('exposure/', '')}.statement.ts`).toBe(path));

  it('is seen to speak up and to stay silent', () => {
    const expected = cases.flatMap((one) => one.expect);
    expect(expected).toContain(statement.lookAt === undefined ? 'fail' : 'manual');
    expect(expected.some((one) => one === 'pass' || one === 'not-applicable')).toBe(true);
  });

  it.each(cases)('$expect: $name', (one) => {
    expect(Object.keys(one.given).toSorted()).toEqual(statement.reads.toSorted());
    const cluster = { id: 'c-1', name: 'case', kubernetesVersion: 'v1.36.3', ...one.cluster };
    const judgements = statement.evaluate({ ...(one.given as object), cluster, now: one.now ?? '2026-06-01T10:00:00.000Z' });
    const found = judgements.map(({ outcome }) => outcome).toSorted(byOutcome);
    const stated = typeof one.expect === 'string' ? found.map(() => one.expect) : [...one.expect];
    expect(found).toEqual(stated.toSorted((a, b) => byOutcome(a as never, b as never)));
    expect(found).not.toHaveLength(0);
    for (const { message, evidence } of judgements) {
      expect(message).toMatch(/\.$/);
      expect(evidence.length).toBeGreaterThan(0);
    }
    // one subject is judged once, or its fingerprint would be two findings'
    expect(new Set(judgements.map(({ subject }) => JSON.stringify(subject))).size).toBe(judgements.length);
    if (one.severity) {
      const severities = judgements
        .filter(({ outcome }) => outcome === 'fail' || outcome === 'manual')
        .map(({ severity }) => severity ?? statement.severity);
      expect(severities.toSorted(bySeverity)[0]).toBe(one.severity);
    }
    const text = JSON.stringify(judgements);
    if (one.says) expect(text).toContain(one.says);
    if (one.hides) expect(text).not.toContain(one.hides);
  });
});
