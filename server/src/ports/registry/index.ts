export { type BusinessRegister, businessRegister, type RegisterAnswer } from "./business-register.ts";
