import { stripVTControlCharacters } from 'node:util';
import type { SuiteProgress } from './facts.ts';

const mostFailures = 200;
const mostOutput = 2_000;
const rule = /^-{20,}$/;
const failedMark = /^• \[(?:FAILED|PANICKED|TIMEDOUT|INTERRUPTED|ABORTED)\]/;
const passedMark = /^• (?:\[(?:SLOW TEST|FLAKEY TEST[^\]]*)\] )?\[[\d.]+ seconds\]/;

/** Container runtimes and terminals may put these into a line. */
const plain = (line: string): string => stripVTControlCharacters(line).replace(/\r$/, '');

/** The name in the line after a failure: `[sig-a] Thing [It] should work [Conformance] [sig-a, Conformance]`. */
const nameOf = (line: string): string =>
  line
    .replace(/ \[It\] /, ' ')
    .replace(/ \[(?:sig-[^\]]*|[^\]]*, [^\]]*)\]$/, '')
    .trim()
    .slice(0, 1_000);

/**
 * How far the suite is, from what it has printed so far: a dot for a test that passed, a block for one that failed. Each look reads all of it, so nothing need be remembered; what a
 * test prints itself stands indented in its block and counts nothing.
 */
export const readSuiteLog = (log: string): SuiteProgress => {
  let [passed, failed] = [0, 0];
  let [selected, runId]: [number | undefined, string | undefined] = [undefined, undefined];
  const failures: { name: string; output: string }[] = [];
  let current: { name: string; output: string } | undefined;
  let isName = false;
  let isOutput = false;
  for (const raw of log.split('\n')) {
    const line = plain(raw);
    runId ??= /Starting e2e run "([0-9a-f-]{8,40})"/.exec(line)?.[1];
    if (selected === undefined) {
      const chosen = /^Will run (\d+) of \d+ specs/.exec(line)?.[1];
      if (chosen !== undefined) selected = Number(chosen);
    }
    if (/^(?:Ran \d+ of \d+ Specs|Summarizing \d+ Failures?)/.test(line)) break;
    if (rule.test(line)) {
      current = undefined;
      isOutput = false;
    } else if (failedMark.test(line)) {
      failed += 1;
      isName = true;
    } else if (isName) {
      isName = false;
      current = { name: nameOf(line), output: '' };
      if (failures.length < mostFailures) failures.push(current);
    } else if (current && line.startsWith('  << Timeline')) isOutput = true;
    else if (current && isOutput && current.output.length < mostOutput) current.output += `${line.trim()}\n`;
    else if (!current && passedMark.test(line)) passed += 1;
    else if (!current && /^[S•P]+$/.test(line)) passed += line.split('•').length - 1;
  }
  return {
    ...(selected === undefined ? {} : { selected }),
    ...(runId === undefined ? {} : { runId }),
    passed,
    failed,
    failures: failures.map(({ name, output }) => ({ name, output: output.trim().slice(0, mostOutput) })),
  };
};
