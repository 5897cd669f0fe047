export { default } from "./it.ts";
