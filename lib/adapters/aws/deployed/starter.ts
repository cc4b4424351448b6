import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ScanStarter } from '../../../ports/scan-starter.ts';
import { createLambdaScanStarter } from '../lambda-scan-starter.ts';

export const openStarter = (scanFunction: string): ScanStarter => createLambdaScanStarter(new LambdaClient({}), scanFunction);
