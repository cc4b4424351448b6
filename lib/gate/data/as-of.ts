import { releases } from './releases.ts';
import { removals } from './removals.ts';

/** The older of the dates of the tables that every evaluation needs: up to when Gatehouse knows the world. */
export const dataAsOf: string = [releases.dataAsOf, removals.dataAsOf].toSorted()[0] as string;
