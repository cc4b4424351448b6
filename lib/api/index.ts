import { clusterRoutes } from './clusters.ts';
import type { Route, RouteAnswer, RouteInput } from './route.ts';
import { scanRoutes } from './scans.ts';
import { tenantRoutes } from './tenant.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every operation of API v1. */
export const routes = { ...tenantRoutes, ...clusterRoutes, ...scanRoutes, ...webhookRoutes };
export type Routes = typeof routes;
export type RouteId = keyof Routes;
export type InputOf<Id extends RouteId> = RouteInput<Routes[Id] extends Route ? Routes[Id] : never>;
export type AnswerOf<Id extends RouteId> = RouteAnswer<Routes[Id] extends Route ? Routes[Id] : never>;
/** Every route with its id, for who goes through them all. */
export const allRoutes: readonly (readonly [RouteId, Route])[] = Object.entries(routes) as never;
