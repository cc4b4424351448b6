import type { Report } from '../../report.ts';

/** How the chapters of a report call a row of its framework, and what else differs from framework to framework. */
export interface Terms {
  readonly one: string;
  readonly many: string;
  /** The same at the start of a title. */
  readonly Many: string;
  /** Head of a column of row numbers. */
  readonly column: string;
  /** `of the benchmark` */
  readonly ofAll: string;
  /** Whether levels and "the benchmark calls it automated" say anything. */
  readonly hasLevels: boolean;
  readonly failedIntro: string;
  readonly allIntro: string;
  readonly untouched: string;
}

const benchmark: Terms = {
  one: 'control',
  many: 'controls',
  Many: 'Controls',
  column: 'CONTROL',
  ofAll: 'of the benchmark',
  hasLevels: true,
  failedIntro: 'Most severe first; the numbers lead to the details below.',
  allIntro: 'titles in our own words. A control has the worst outcome of its findings.',
  untouched: 'no check of this version of Gatehouse decides these controls.',
};

const penetration: Terms = {
  one: 'probe',
  many: 'probes',
  Many: 'Probes',
  column: 'PROBE',
  ofAll: 'of all probes',
  hasLevels: false,
  failedIntro:
    'Most severe first; the numbers lead to the details below. Numbers with KHV are those of kube-hunter. What fails here was seen: the address answered as the evidence says.',
  allIntro: 'numbers with KHV are those of kube-hunter. A probe has the worst outcome of its findings.',
  untouched: 'no question of this version of Gatehouse decides these probes.',
};

const conformance: Terms = {
  one: 'group',
  many: 'groups',
  Many: 'Groups',
  column: 'GROUP',
  ofAll: 'of all groups of tests',
  hasLevels: false,
  failedIntro: 'Groups of tests by the part of the Kubernetes project that owns them; the numbers lead to the details below.',
  allIntro: 'named after the part of the Kubernetes project that owns the tests. A group has the worst outcome of its tests.',
  untouched: 'no test of these groups ran to its end.',
};

const others: Readonly<Record<string, Terms>> = { 'gatehouse-penetration': penetration, 'kubernetes-conformance': conformance };

export const termsOf = ({ scan }: Report): Terms => others[scan.benchmark.framework] ?? benchmark;
