import { associations } from "./associations.ts";
import { ibanImports } from "./iban-imports.ts";
import { ibans } from "./ibans.ts";
import { nodeFiles } from "./node-files.ts";
import { registration } from "./registration.ts";
import { stationReviews } from "./station-reviews.ts";
import { stations } from "./stations.ts";

/** What an institution configures on pagoPA. */
export const pagopa = { registration, stations, associations, stationReviews, ibans, ibanImports, nodeFiles };

export * from "./associations.ts";
export * from "./iban-imports.ts";
export * from "./ibans.ts";
export * from "./node-files.ts";
export * from "./registration.ts";
export * from "./station-reviews.ts";
export * from "./station-rules.ts";
export * from "./stations.ts";
