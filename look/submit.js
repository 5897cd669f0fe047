// Sends a form that must leave by POST, without a click. Without script its button does the same.
document.forms[0]?.submit();
