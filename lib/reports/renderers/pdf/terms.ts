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

export const termsOf = ({ scan }: Report): Terms => (scan.benchmark.framework === 'gatehouse-penetration' ? penetration : benchmark);
