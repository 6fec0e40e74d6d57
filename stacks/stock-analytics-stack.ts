import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { FlinkPipeline } from "../constructs/confluent/flink-pipeline";
import { PrincipalFlinkAccess } from "../constructs/patterns/flink-credential";
import { AnalyticsStack } from "./analytics-stack";
import type { FlinkStackProps } from "./flink-stack";

/** SQL over stock trades. */
export class StockAnalyticsStack extends AnalyticsStack {
  constructor(scope: App, config: EnvironmentConfig, props: FlinkStackProps) {
    super(scope, config, { ...props, stackName: "stock-analytics" });
    const { platform } = props;
    const access = new PrincipalFlinkAccess(this, "Flink", {
      ...platform.stockAnalytics,
      tables: platform.tableGrants,
    });
    new FlinkPipeline(this, "Pipeline", {
      processes: [this.statement("StockTradesWithTotals", "stock_trades_with_totals", access)],
    });
  }
}
