/** The staff's desk for stations. */
export { StationQueue } from "./Queue.tsx";
export { StationReviewPage } from "./Review.tsx";
