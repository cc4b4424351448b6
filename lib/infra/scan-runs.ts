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
  }
}
