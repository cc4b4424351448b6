import { Construct } from 'constructs';
import type { GatehouseFunction } from './gatehouse-function.ts';

/** Durable scan runs, seen from those who start them. */
export class ScanRuns extends Construct {
  private readonly scan: GatehouseFunction;

  constructor(scope: Construct, id: string, scan: GatehouseFunction) {
    super(scope, id);
    this.scan = scan;
  }

  /** Starts runs through the alias; a version or the bare function it may not. */
  allowStarting(by: GatehouseFunction): void {
    by.set('scanFunction', this.scan.alias.functionArn);
    by.allow('ScanStart', ['lambda:InvokeFunction'], [this.scan.alias.functionArn]);
    // only to tell a repeated start from another scan of the same name
    const { functionArn } = this.scan.alias.lambda;
    const runs = `${functionArn}:*`;
    by.allow('ScanRunsRead', ['lambda:ListDurableExecutionsByFunction', 'lambda:GetDurableExecution'], [functionArn, runs]);
    by.explainWildcard(runs, 'Runs lie below the versions of the one scan function; their names are made at run time.');
  }
}
