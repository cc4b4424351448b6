import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { SuiteTest } from './facts.ts';

/** Bytes of a file of the suite; a real one has 3 MB. */
export const mostFileBytes = 64 * 1_048_576;
const mostRows = 50_000;
/** Characters of what a failed test said that are kept; the whole stays in the file. */
const mostOutput = 4_000;

const Text = z.union([z.string(), z.object({ '#text': z.string().optional(), message: z.string().optional() })]);
const Row = z.object({
  name: z.string(),
  status: z.string().optional(),
  time: z.string().optional(),
  failure: z.array(Text).optional(),
  error: z.array(Text).optional(),
  skipped: z.array(Text).optional(),
});
type Row = z.infer<typeof Row>;
const Suite = z.union([z.literal(''), z.object({ tests: z.string().optional(), testcase: z.array(Row).max(mostRows).optional() })]);
const Document = z.union([
  z.object({ testsuites: z.union([z.literal(''), z.object({ testsuite: z.array(Suite).optional() })]) }),
  z.object({ testsuite: z.array(Suite) }),
]);

const lists = new Set(['testsuite', 'testcase', 'failure', 'error', 'skipped']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // nothing is expanded but what `decode` knows
  processEntities: false,
  maxNestedTags: 12,
  ignoreDeclaration: true,
  isArray: (tag, _path, _isLeaf, isAttribute) => !isAttribute && lists.has(tag),
});

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Resolves the entities of XML and numbers, once; all others stay as they are. */
const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name as string] as string;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const textOf = (some: readonly z.infer<typeof Text>[]): string =>
  decode(
    some
      .map((one) => (typeof one === 'string' ? one : [one.message, one['#text']].filter((part) => part !== undefined).join('\n')))
      .join('\n')
      .slice(0, 4 * mostOutput),
  )
    .trim()
    .slice(0, mostOutput);

const secondsOf = ({ time = '' }: Row): number => {
  const seconds = Number(time);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
};

/** What the suite says of its tests. */
export interface SuiteRows {
  /** Tests that ran. */
  readonly tests: readonly SuiteTest[];
  /** Parts of the suite itself, which are no tests, that failed: a failure there explains all others. */
  readonly setUp: readonly { readonly name: string; readonly output: string }[];
  readonly skipped: number;
  /** Names of every test of the suite, skipped ones included. */
  readonly names: readonly string[];
}

const isTest = ({ name }: Row): boolean => !/^\[(?:Report|Synchronized)?(?:Before|After)(?:Suite|Each|All)\]|^\[DeferCleanup/.test(name);

const readRows = (rows: readonly Row[]): SuiteRows => {
  const tests: SuiteTest[] = [];
  const setUp: { name: string; output: string }[] = [];
  const names: string[] = [];
  let skipped = 0;
  for (const coded of rows) {
    const row = { ...coded, name: decode(coded.name).slice(0, 1_000) };
    const said = [...(row.failure ?? []), ...(row.error ?? [])];
    const hasFailed = said.length > 0 || ['failed', 'timedout', 'panicked', 'aborted', 'interrupted'].includes(row.status ?? '');
    if (!isTest(row)) {
      if (hasFailed) setUp.push({ name: row.name, output: textOf(said) });
      continue;
    }
    const name = row.name.replace(/^\[It\] /, '');
    names.push(name);
    if (row.skipped !== undefined || row.status === 'skipped' || row.status === 'pending') skipped += 1;
    else tests.push({ name, hasPassed: !hasFailed, seconds: secondsOf(row), ...(hasFailed ? { output: textOf(said) } : {}) });
  }
  return { tests, setUp, skipped, names };
};

const unreadable = (why: string) => failed('answer-invalid', `What the suite wrote of its tests (junit_01.xml) cannot be used: ${why}.`);

/** Reads the suite's JUnit file, which came out of a cluster: hostile until proven otherwise. */
export const readJunit = (text: string): Result<SuiteRows> => {
  if (text.length > mostFileBytes) return unreadable(`it is larger than ${mostFileBytes / 1_048_576} MiB`);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return unreadable('it declares entities, which the suite never does');
  if (XMLValidator.validate(text) !== true) return unreadable('it is not whole, or no XML');
  let read: unknown;
  try {
    read = parser.parse(text);
  } catch {
    return unreadable('it is not whole, or no XML');
  }
  const document = Document.safeParse(read);
  if (!document.success) return unreadable('it is not in the form of JUnit');
  const { data } = document;
  const suites = 'testsuite' in data ? data.testsuite : data.testsuites === '' ? [] : (data.testsuites.testsuite ?? []);
  const rows: Row[] = [];
  for (const suite of suites) {
    if (suite === '') continue;
    const own = suite.testcase ?? [];
    if (suite.tests !== undefined && Number(suite.tests) !== own.length)
      return unreadable(`it speaks of ${suite.tests.slice(0, 12)} rows and has ${own.length}`);
    for (const row of own) rows.push(row);
  }
  return rows.length > mostRows ? unreadable(`it has more than ${mostRows} rows`) : succeed(readRows(rows));
};
