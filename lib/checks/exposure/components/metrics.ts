import { type Sign, says } from '../add-ons/signs.ts';

/** Figures as Prometheus reads them, with something in them that one software alone has. */
export const metricsAlso = (pattern: RegExp): Sign['shows'] => says(/^# (HELP|TYPE) [a-zA-Z_:][\w:]* /m, pattern);
