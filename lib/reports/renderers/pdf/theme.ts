import type { Outcome, Severity } from '../../../core/outcome.ts';

/** A4 in points, and the part of it that text may use. */
export const page = { width: 595.28, height: 841.89, left: 46, right: 549.28, top: 62, bottom: 788 } as const;
export const contentWidth = page.right - page.left;

export const colours = {
  ink: '#1a2433',
  soft: '#566274',
  faint: '#8a94a3',
  line: '#d8dee6',
  panel: '#f3f5f8',
  brand: '#1f3a5f',
  onBrand: '#ffffff',
  onBrandSoft: '#c9d5e5',
  accent: '#2f6db5',
  warning: '#8a5a00',
  warningPanel: '#fdf3df',
  warningLine: '#e0a83a',
} as const;

/** Fill colours of outcomes; a word always stands beside the colour. */
export const outcomeColours: Record<Outcome, string> = {
  fail: '#b42318',
  error: '#7a2e8e',
  unknown: '#d99a26',
  manual: '#3e6fb0',
  pass: '#3c8558',
  'not-applicable': '#bcc5d0',
};
/** The same for words, dark enough to be read on white. */
export const outcomeTextColours: Record<Outcome, string> = { ...outcomeColours, unknown: '#8a5a00', 'not-applicable': '#566274' };
export const waivedColour = '#e3a49c';

export const severityColours: Record<Severity, string> = {
  critical: '#7a0c13',
  high: '#b42318',
  medium: '#b66a00',
  low: '#3e6fb0',
  info: '#667085',
};

export type FaceName = 'regular' | 'bold' | 'mono';

/** How a stretch of text looks. */
export interface Style {
  readonly face: FaceName;
  /** Points. */
  readonly size: number;
  readonly colour: string;
}

const style = (face: FaceName, size: number, colour: string = colours.ink): Style => ({ face, size, colour });

export const styles = {
  body: style('regular', 8.6),
  bodySoft: style('regular', 8.6, colours.soft),
  bodyBold: style('bold', 8.6),
  code: style('mono', 7.8),
  cell: style('regular', 7.6),
  cellSoft: style('regular', 7.2, colours.soft),
  cellBold: style('bold', 7.6),
  cellCode: style('mono', 7),
  cellCodeSoft: style('mono', 7, colours.soft),
  cellLink: style('bold', 7.6, colours.accent),
  columnTitle: style('bold', 6.8, colours.soft),
  label: style('bold', 6.8, colours.soft),
  heading: style('bold', 15, colours.brand),
  subheading: style('bold', 10.4, colours.brand),
  small: style('regular', 7, colours.soft),
  warning: style('regular', 8.6, colours.warning),
  warningBold: style('bold', 8.6, colours.warning),
} as const satisfies Record<string, Style>;

/** Distance between base lines for a size of type. */
export const lineHeight = (size: number): number => size * 1.36;
