import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ScanRuns, ScanStarter } from '../../../ports/scan-starter.ts';
import { createLambdaDeliveries, type DeliveryStarter } from '../lambda-deliveries.ts';
import { createLambdaScanRuns } from '../lambda-scan-runs.ts';
import { createLambdaScanStarter } from '../lambda-scan-starter.ts';

// all of them share the connections of one client
const client = new LambdaClient({});

export const openStarter = (scanFunction: string): ScanStarter => createLambdaScanStarter(client, scanFunction);
export const openScanRuns = (scanFunction: string): ScanRuns => createLambdaScanRuns(client, scanFunction);
export const openDeliveries = (deliverFunction: string): DeliveryStarter => createLambdaDeliveries(client, deliverFunction);
