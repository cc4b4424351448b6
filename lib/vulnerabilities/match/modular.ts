import type { FoundPackage } from '../../core/sbom/index.ts';
import type { IndexEntry } from '../index/entry.ts';

const isModular = (version: string): boolean => /\.module[+_]/.test(version);

/**
 * Red Hat's families build a package anew for each module stream, beside the plain one; their versions are not comparable. A notice about `nodejs:20` says nothing about a
 * package of `nodejs:18`, and nothing about a plain one.
 */
export const isOfOtherStream = ({ ranges, stream }: IndexEntry, version: string, { module }: FoundPackage): boolean => {
  const fixes = ranges.flatMap((events) => events.filter(([kind]) => kind === 'fixed'));
  if (fixes.length === 0) return false;
  if (fixes.some(([, fixed]) => isModular(fixed)) !== isModular(version)) return true;
  const name = (text: string): string => text.split(':').slice(0, 2).join(':');
  return stream !== undefined && module !== undefined && name(stream) !== name(module);
};
