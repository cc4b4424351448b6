import { describe, expect, it } from 'vitest';
import { networkReport } from '../../test/support/network-report.ts';
import { buildReport, clusterWide, judged } from '../../test/support/report-builder.ts';
import type { Report } from '../reports/report.ts';
import { summary } from './summary.ts';
import type { Terminal } from './terminal.ts';

const terminal: Terminal = {
  out: () => {},
  err: () => {},
  drawsBars: false,
  hasColour: false,
  columns: 200,
  env: {},
  signal: new AbortController().signal,
  now: () => '2026-11-25T08:00:00.000Z',
};
const lines = (report: Report): readonly string[] =>
  summary(terminal, report)
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}/g, '  '));

describe('after a configuration scan', () => {
  const shown = lines(
    buildReport({
      judged: [
        ['pods/a', judged(clusterWide, 'fail')],
        ['pods/b', judged(clusterWide, 'manual')],
      ],
      statements: ['Files were not looked at.'],
    }),
  );
  it('names the benchmark and what it is made for', () =>
    expect(shown).toContain('Benchmark  CIS Kubernetes 2.0.1, made for Kubernetes 1.34-1.35 – this cluster is outside that range'));
  it('counts findings, and none as potential', () =>
    expect(shown).toContain('Findings  1 failed (1 medium), 0 passed, 1 manual, 0 could not look, 0 waived'));
  it('says what to know first', () => expect(shown).toContain('-  Files were not looked at.'));
});

describe('after a penetration scan', () => {
  const shown = lines(networkReport());
  it('names what was looked for, and no version it were made for', () =>
    expect(shown).toContain('Looked for  Gatehouse penetration probes 1, meant for every version of Kubernetes'));
  it('says what each vantage reached, once', () => {
    expect(shown).toContain(
      'From here  3 of 4 targets reached; 67 ports tried: 5 open, 60 closed, 2 filtered; 1 of 209 requests timed out',
    );
    expect(shown).toContain(
      'From a pod  5 of 6 targets reached; 71 ports tried: 8 open, 62 closed, 1 filtered; 2 of 234 requests timed out',
    );
    expect(shown.filter((line) => line.startsWith('-'))).toEqual(['-  Nobody could look at Ingresses.']);
  });
  it('counts what versions suggest apart', () =>
    expect(shown).toContain(
      'Findings  2 failed (1 high, 1 low), 1 potential, by version alone (1 medium), 1 passed, 1 manual, 1 could not look, 0 waived',
    ));
  it('names what fails with its port', () =>
    expect(shown).toContain('KUB-02  high  Control KUB-02 in our own words: w1 10250/tcp, kube-apiserver 6443/tcp'));
});
