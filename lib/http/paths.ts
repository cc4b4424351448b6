import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { allRoutes } from '../api/index.ts';
import { Refusal } from './refusal.ts';

/**
 * Ids and names in paths need no escapes, so a path with one, with a dot segment, an empty segment or a slash at its end is nobody's: there is nothing to decode, and nothing to decode twice.
 */
const harmless = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/;
const longest = 1000;

export const noSuchPath = (): Refusal => new Refusal('not-found', 'There is nothing at this path; /v1/openapi.json lists what there is.');

/** The path without the name of the stage, which is ours to choose and no part of the API. */
export const pathOf = ({ rawPath, requestContext: { stage } }: Pick<APIGatewayProxyEventV2, 'rawPath' | 'requestContext'>): string =>
  stage !== '$default' && stage !== '' && rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;

export const examinePath = (path: string): void => {
  if (path.length > longest || !harmless.test(path)) throw noSuchPath();
};

const patterns = allRoutes.map(([, { method, path }]) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[A-Za-z]+\}/g, '[^/]+')}$`),
}));

/** What may be done at a path, for `Allow`. Empty where there is nothing. */
export const methodsAt = (path: string): readonly string[] => {
  const own = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  if (own.length === 0) return [];
  return [...(own.includes('GET') ? ['GET', 'HEAD'] : []), ...own.filter((method) => method !== 'GET'), 'OPTIONS'];
};
