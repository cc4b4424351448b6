import { Logger } from '@aws-lambda-powertools/logger';
import { metricDimensions } from '../../lib/core/environment.ts';

type Fields = Readonly<Record<string, string | number | undefined>>;

const logger = new Logger({ serviceName: metricDimensions.service });

/** One line of the operational log: a code that never changes, and fields. */
export const log = (code: string, fields: Fields = {}): void => logger.info(code, { ...fields });
/** The same where a level is named. */
export const logAt = (level: 'info' | 'error', code: string, fields: Fields = {}): void => logger[level](code, { ...fields });
