import type { Query } from '../../ports/cluster-access.ts';

/** A path with its query; parameters without a value are left out. */
export const withQuery = (path: string, query: Query | undefined): string => {
  const given = Object.entries(query ?? {}).flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, value]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};
