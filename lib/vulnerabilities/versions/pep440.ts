import { compare, valid } from '@renovatebot/pep440';
import { defineScheme } from './scheme.ts';

/** Python: PEP 440. */
export const pep440 = defineScheme<{ readonly normal: string }>(
  (text) => {
    const normal = valid(text.trim());
    return normal === null ? undefined : { normal };
  },
  (a, b) => compare(a.normal, b.normal),
);
