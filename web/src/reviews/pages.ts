/** The desk's screens, loaded together. */
export { Queue } from "./Queue.tsx";
export { ReviewPage } from "./ReviewPage.tsx";
