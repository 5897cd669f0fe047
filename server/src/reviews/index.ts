import type { Parts } from "../ports/index.ts";
import { decideReview } from "./decide-review.ts";
import { reactions } from "./reactions.ts";
import { readReviews } from "./read-reviews.ts";
import { takeReview } from "./take-review.ts";
import { talk } from "./talk.ts";

/** Somebody of the staff looks at a request before it goes on: the desk, and what the applicant sees of it. */
export const reviews = (parts: Parts) => ({
  handlers: { ...readReviews(parts), ...takeReview(parts), ...decideReview(parts), ...talk(parts) },
  reactions: reactions(parts),
});
