/** What a mailed link of this room is for. */
export const INVITE = "accept-invitation";
export const RECOVER = "confirm-recovery";
